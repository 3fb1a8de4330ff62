import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport

/// Three experiments of the catalogue: Image and ListOps of the Long Range Arena, and a small one of ours.
func smallCatalogue() throws -> ExperimentCatalogue {
  try ExperimentCatalogue.shared().keeping(["dfout-lra-image-s4d-lin", "dfout-lra-listops-s4d-lin", "tiny-listops-s4d-lin"])
}

/// Runs of the LRA experiments at preset smoke with made-up results: two seeds of ListOps, one of the small run, none of Image.
///
/// - Returns: the catalogue of these experiments.
func fixtureResults() throws -> ExperimentCatalogue {
  let catalogue = try smallCatalogue()
  let listOps = try catalogue.resolve(id: "dfout-lra-listops-s4d-lin", preset: .smoke)
  let tiny = try catalogue.resolve(id: "tiny-listops-s4d-lin", preset: .smoke)
  try writeRun(of: listOps, seed: 1, value: 0.25, unofficialData: true, results: folder)
  try writeRun(of: listOps, seed: 2, value: 0.35, unofficialData: true, results: folder)
  try writeRun(of: tiny, seed: 1, value: 0.5, unofficialData: false, results: folder)
  return catalogue
}

/// Writes the small files of a finished run: summary, metrics of two epochs, kernels of two layers and two directions.
func writeRun(
  of experiment: Experiment, seed: UInt64, value: Double, unofficialData: Bool, results: String,
  _ change: (inout RunSummary) -> Void = { _ in }
) throws {
  var summary = RunSummary(
    experiment: experiment.id, preset: experiment.preset, seed: seed, metric: .accuracy,
    value: value, testLoss: 1.5, testCount: 200, bestEpoch: 2, validationValue: value, validationLoss: 1.5, epochs: 2, steps: 20,
    parameterCount: 1000, chance: 0.125, wallSeconds: 12.4, peakMemoryMB: 345.6, unofficialData: unofficialData, standIn: false,
    revision: "0123456789abcdef0123", dirty: seed == 2,
    dataCards: [RunSummary.DataCard(path: "lra/some/card.json", sha256: "cafecafecafecafe")], fingerprint: "feedfeedfeedfeed")
  change(&summary)
  let folder = "\(results)/runs/\(FinishedRun.relativePath(experiment: experiment.id, preset: experiment.preset, seed: seed))"
  try AtomicFile.write(
    """
    epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds
    1,10,0.01,2.1,0.2,2.0,0.15,1.5
    2,20,0.005,1.6,0.3,1.5,\(value),1.5

    """, to: "\(folder)/metrics.csv")
  let kernels = [1, 2].flatMap { layer in
    [1, 2].flatMap { direction in (0..<300).map { "\(layer),\(direction),\($0),\(1.0 / Double($0 + layer)),\(0.5 / Double($0 + 1))" } }
  }
  try AtomicFile.write((["layer,direction,lag,initial,trained"] + kernels).joined(separator: "\n") + "\n", to: "\(folder)/kernels.csv")
  try AtomicFile.write(try JSONText.encode(experiment.configuration), to: "\(folder)/configuration.json")
  try AtomicFile.write(try JSONText.encode(summary), to: "\(folder)/summary.json")
}

import Documents
import Foundation
import RunSupport
import Training

extension FinishedRun {
  /// The rows of `perturbation.csv`, in the order of `columns`.
  ///
  /// - Returns: nil if the run has no such table, or has it of other weights than it holds now.
  /// - Throws: `StageError` (`badData`) as of `rows`.
  package func perturbationRows(_ columns: [PerturbationColumn]) throws -> [[Double?]]? {
    guard let found = try rows(columns), try isOfPresentWeights() else { return nil }
    return found
  }

  /// Whether the table is of the weights that lie in the run's folder; shipped runs have none that it could disagree with.
  private func isOfPresentWeights() throws -> Bool {
    guard let weights = CheckpointStore.bestWeights(in: "\(directory)/checkpoints") else { return true }
    let table = try CSVTable(fromFile: "\(directory)/\(PerturbationColumn.file)", fix: "delete it and run make perturb again")
    let place = try table.index(of: PerturbationColumn.weights.name)
    let expected = try FileHash.hex(ofFile: weights)
    return table.rows.allSatisfy { $0[place] == expected }
  }
}

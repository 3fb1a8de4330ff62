import Arrays
import Catalogue
import Datasets
import Operations
import RunFixtures
import RunSupport
import Runs
import SequenceModels
import TestSupport
import Testing
import Vocabulary

/// Finished runs that nothing trained, in `folder`.
enum WrittenRun {
  static let path = "test/smoke/seed-1"

  /// A configuration of layers; without data it reads waves.
  static func configuration(_ blocks: BlocksSpecification, data: DataSpecification? = nil, probe: Probe? = nil) -> ExperimentConfiguration {
    ExperimentConfiguration(
      id: "test", preset: .smoke,
      data: data
        ?? DataSpecification(
          family: GeneratedTask.family, variant: GeneratedTask.waves.rawValue,
          parameters: ["sequenceLength": 64, "train": 8, "validation": 4, "test": 4, "seed": 1]),
      model: .blocks(blocks), training: SmallRun.training(probe: probe))
  }

  /// Writes a run of `test` with two epochs, the first the best, and reads it.
  @discardableResult
  static func write(
    _ configuration: ExperimentConfiguration, metric: Metric = .rootMeanSquaredError, origin: FinishedRun.Origin = .own,
    _ change: (inout RunSummary) -> Void = { _ in }
  ) throws -> FinishedRun {
    var summary = RunSummary(
      experiment: "test", preset: .smoke, seed: 1, metric: metric, value: 0.5, testLoss: 0.25, testCount: 4, bestEpoch: 1,
      validationValue: 0.75, validationLoss: 0.5, epochs: 2, steps: 4, parameterCount: 10, chance: 1, wallSeconds: 3, peakMemoryMB: 100,
      unofficialData: false, standIn: false, revision: "0123456789abcdef", dirty: false, dataCards: [], fingerprint: "ff")
    change(&summary)
    try summary.write(results: folder, origin: origin, configuration: configuration)
    let table = """
      epoch,step,learning_rate,train_loss,train_\(metric.rawValue),validation_loss,validation_\(metric.rawValue),seconds
      1,2,0.01,2.5,0.2,0.5,0.75,1.5
      2,4,0.005,nan,0.3,0.6,0.8,3.0

      """
    try AtomicFile.write(table, to: "\(folder)/\(origin.folder)/\(path)/metrics.csv")
    return try FinishedRun(path: path, origin: origin, results: folder)
  }

  /// Writes best weights in which every array, statistics of norms included, has random values, and their hash into the summary.
  static func writeWeights(_ configuration: ExperimentConfiguration) throws -> FinishedRun {
    let samples = try #require(configuration.data.expectedSamples)
    let model = try configuration.model.makeModel(input: InputDescription(samples.description), seed: 1)
    var stream = RandomStream(seed: 2, purpose: .testing)
    for (name, tensor) in model.parameters.map({ ($0.name, $0.value) }) + model.buffers.map({ ($0.name, $0.value) }) {
      let isVariance = name.hasSuffix("running_var")
      tensor.upload(tensor.downloaded().values().map { $0 + Float(0.2 * (isVariance ? stream.uniform() : stream.normal())) })
    }
    let run = try write(configuration)
    let weights = "\(run.directory)/\(run.bestWeights)"
    try SafetensorsFile.write(model.weightEntries, to: weights)
    let hash = try FileHash.hex(ofFile: weights)
    return try write(configuration) { $0.files = [run.bestWeights: hash] }
  }
}

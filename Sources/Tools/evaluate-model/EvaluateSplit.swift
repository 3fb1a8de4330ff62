import ArgumentParser
import Catalogue
import ComputingOptions
import Datasets
import Operations
import RunSupport
import Runs
import SequenceModels
import ToolSupport
import Training

struct EvaluateSplit: Tool {
  static let configuration = CommandConfiguration(
    commandName: "split", abstract: "Loss and metric of saved weights over a whole split, as JSON.",
    discussion: """
      With --predictions also a table of the answers, a line a sample: index,target,prediction,log_probability_0,… of classes, \
      index,target,prediction of numbers (target_1,prediction_1,… of several; a line for each step, behind a column step, of answers at each). \
      Indices are places in the split; they, classes and steps count from 0.
      """)

  @Option(name: .customLong("configuration"), help: "configuration.json of the run.", completion: .file()) var configurationFile: String
  @Option(help: "Weights, a safetensors file of the run's checkpoints folder.", completion: .file()) var weights: String
  @Option(help: "train, validation or test.") var split = Split.test
  @Option(help: "Keep every r-th step of the input and speed up the systems by r.") var samplingRate: Int?
  @Option(help: "Use the first coefficients of each kernel only.") var kernelLength: Int?
  @Option(help: "Use the first layers only, and leave the others out whole.") var layers: Int?
  @Option(help: "Use the systems of the first layers only; those of the others are the identity.") var systems: Int?
  @Option(help: "CSV file for what the model answers to each sample, written as a whole or not at all.", completion: .file())
  var predictions: String?
  @Option(help: "Folder with the prepared data.", completion: .directory) var data = "data/prepared"
  @Option(help: "Threads; all cores by default.") var threads: Int?
  @OptionGroup var computing: DeviceOptions

  private struct Result: Encodable {
    var experiment: String
    var weights: String
    var split: String
    var loss: Double
    var metric: String
    var value: Double
    /// Of errors on the test split, as in a run's summary.
    var errorVariance: Double?
    var count: Int
    var probe: Probe
    /// What computed the answers; absent for our own engine.
    var device: String?
  }

  func validate() throws {
    for (name, value) in [
      ("sampling-rate", samplingRate), ("kernel-length", kernelLength), ("layers", layers), ("systems", systems), ("threads", threads),
    ] {
      if let value, value < 1 { throw ValidationError("--\(name) must be at least 1") }
    }
  }

  func run() throws {
    try NumericEnvironment.prepareProcess(threadCount: threads)
    try RunSummary.check(file: configurationFile)
    let run = try RunSummary.check(file: weights)
    let configuration = try ExperimentConfiguration(fromFile: configurationFile)
    let inputs = try RunInputs(configuration, preparedData: data)
    let name = "an evaluation of \(configuration.id)"
    let device = try computing.open(for: name, memory: inputs.deviceMemory())
    if let note = run?.note(measuredOn: device?.description.line) { Messages.line(note) }
    let probe = (configuration.training.probe ?? .whole)
      .overriding(samplingRate: samplingRate, kernelLength: kernelLength, layerCount: layers, systemLayerCount: systems)
    try inputs.check(probe)
    let memory = try inputs.reserveMemory(for: .evaluation, name: name) { Messages.line($0) }
    defer { withExtendedLifetime(memory) {} }
    let model = try inputs.makeModel(seed: 0, isReserved: memory != nil)
    try model.loadWeights(from: weights)
    let evaluator = Evaluator(
      answers: device.answers(of: model), data: inputs.data, batchSize: configuration.training.batchSize, probe: probe,
      metric: inputs.metric)
    let sums = try predictions.map { try evaluate(by: evaluator, to: $0) } ?? evaluator.evaluate(split)
    let result = Result(
      experiment: configuration.id, weights: weights, split: split.rawValue, loss: sums.loss, metric: inputs.metric.rawValue,
      value: inputs.metric.value(sums), errorVariance: sums.errorVariance, count: sums.sampleCount, probe: probe,
      device: device?.description.line)
    print(try JSONText.encode(result), terminator: "")
  }

  private func evaluate(by evaluator: Evaluator, to path: String) throws -> MetricSums {
    var (sums, table) = (MetricSums(), PredictionTable())
    try AtomicFile.writeText(to: path) { append in
      sums = try evaluator.evaluate(split) { try append(table.lines($0, $1)) }
    }
    return sums
  }
}

extension Split: ExpressibleByArgument {}

import ArgumentParser
import Datasets
import Experiments
import Operations
import RunSupport
import ToolSupport
import Training

@main
struct EvaluateModel: Tool {
  static let configuration = CommandConfiguration(
    commandName: "evaluate-model", abstract: "Loss and accuracy of saved weights over a whole split, as JSON.")

  @Option(name: .customLong("configuration"), help: "configuration.json of the run.", completion: .file()) var configurationFile: String
  @Option(help: "Weights, a safetensors file of the run's checkpoints folder.", completion: .file()) var weights: String
  @Option(help: "train, validation or test.") var split = Split.test
  @Option(help: "Folder with the prepared data.", completion: .directory) var data = "data/prepared"
  @Option(help: "Threads; all cores by default.") var threads: Int?

  private struct Result: Encodable {
    var experiment: String
    var weights: String
    var split: String
    var loss: Double
    var accuracy: Double
    var count: Int
  }

  func run() throws {
    NumericEnvironment.prepareProcess()
    if let threads { Parallel.threadCount = threads }
    let configuration = try ExperimentConfiguration(fromFile: configurationFile)
    let inputs = try RunInputs(configuration, preparedData: data)
    let model = try inputs.makeModel(seed: 0)
    try model.loadWeights(from: weights)
    let sums = try Evaluator(model: model, data: inputs.data, batchSize: configuration.training.batchSize).evaluate(split)
    let result = Result(
      experiment: configuration.id, weights: weights, split: split.rawValue, loss: sums.loss, accuracy: sums.accuracy,
      count: sums.sampleCount)
    print(try JSONText.encode(result), terminator: "")
  }
}

extension Split: ExpressibleByArgument {}

import Arrays
import Datasets
import Experiments
import Operations
import SequenceModels
import Testing

/// Models of the catalogue, built and trained for one step on one short sequence: all at preset smoke, and those with real widths once of
/// each shape.
@Suite struct CatalogueModelTests {
  static let experiments = ((try? Catalogue.load())?.all ?? []).reduce(into: (chosen: [Experiment](), shapes: Set<String>())) {
    found, experiment in
    let isNew = experiment.shape.map { found.shapes.insert($0).inserted } ?? false
    if isNew { found.chosen.append(experiment) }
  }.chosen

  @Test("the model can be built, and one step gives finite gradients for all of its parameters", arguments: experiments)
  func oneStep(experiment: Experiment) throws {
    let length = 64
    let input = try #require(InputDescription.of(experiment.configuration.data))
    let model = try experiment.configuration.model.makeModel(input: input, seed: 1)
    var stream = RandomStream(seed: 1, purpose: .testing)
    let rows = input.documentCount
    let sequence: SequenceInput
    switch input.kind {
    case .values(let channels):
      sequence = .values(Tensor([rows, channels, length], values: (0..<rows * channels * length).map { _ in Float(stream.normal()) }))
    case .tokens(let vocabularySize):
      let tokens = (0..<rows * length).map { _ in Int32(stream.integer(below: vocabularySize)) }
      sequence = .tokens(tokens, batchSize: rows, length: length)
    }
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    model.differentiate(sequence, lengths: nil, pass: &pass) { output in
      #expect(output.shape == [1, input.outputCount] && ElementwiseArithmetic.allFinite(output))
      return Tensor(output.shape, values: (0..<output.count).map { _ in Float(stream.normal()) })
    }
    for parameter in model.parameters {
      #expect(ElementwiseArithmetic.allFinite(parameter.gradient), "\(parameter.name)")
      #expect(parameter.gradient.values().contains { $0 != 0 }, "\(parameter.name) has no influence")
    }
  }
}

extension Experiment {
  /// What two models of blocks must share to be alike in everything but numbers; nil for presets and models that are not built here.
  fileprivate var shape: String? {
    guard let model = configuration.model.blocks, preset != .reduced else { return nil }
    let form =
      switch model.layer {
      case .diagonal(let layer): "\(layer.form) \(layer.initialization) \(layer.bidirectional) \(layer.filter != nil)"
      case .dampedFourier(let layer): "\(layer.angles) \(layer.plane)"
      case .hankel(let layer): "\(layer.directions)"
      }
    let sizes = "\(model.pipeline) \(model.layerCount) \(model.modelWidth) \(model.normalization) \(model.prenorm)"
    return preset == .smoke ? "\(task) \(form) \(sizes)" : "\(form) \(sizes)"
  }
}

extension InputDescription {
  /// What the cards of official data say.
  fileprivate static func of(_ data: DataConfiguration) -> InputDescription? {
    switch data.variant.split(separator: "-").first.map(String.init) {
    case "listops": InputDescription(kind: .tokens(vocabularySize: 18), outputCount: 10)
    case "text": InputDescription(kind: .tokens(vocabularySize: 135), outputCount: 2)
    case "retrieval": InputDescription(kind: .tokens(vocabularySize: 98), outputCount: 2, documentCount: 2)
    case "gray": InputDescription(kind: .values(channels: 1), outputCount: 10)
    case "rgb", "permuted", "noise": InputDescription(kind: .values(channels: 3), outputCount: 10)
    case "pathfinder": InputDescription(kind: .values(channels: 1), outputCount: 2)
    case "hr", "rr", "spo2": InputDescription(kind: .values(channels: 2), outputCount: 1)
    case "16khz", "tones": InputDescription(kind: .values(channels: 1), outputCount: 35)
    default: nil
    }
  }
}

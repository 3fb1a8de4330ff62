import Arrays
import Catalogue
import Operations
import SequenceModels
import Testing
import Training
import Vocabulary

/// Models of all experiments at all presets, each shape once, built with their real
/// widths and at most two layers, and trained for one step on a short sequence.
@Suite struct CatalogueModelTests {
  static let experiments = ((try? ExperimentCatalogue.load())?.all ?? []).reduce(into: (chosen: [Experiment](), shapes: Set<String>())) {
    found, experiment in
    if found.shapes.insert(experiment.shape).inserted { found.chosen.append(experiment) }
  }.chosen

  @Test("the model can be built, and one step gives finite gradients for all of its parameters") func oneStep() throws {
    #expect(Self.experiments.count > 300)
    for experiment in Self.experiments { try Self.takeStep(experiment) }
  }

  private static func takeStep(_ experiment: Experiment) throws {
    let length = 64
    let input = try #require(InputDescription.of(experiment.configuration.data))
    let model = try experiment.configuration.model.cut.makeModel(input: input, seed: 1)
    var stream = RandomStream(seed: 1, purpose: .testing)
    let rows = input.documentCount
    let sequence: SequenceInput
    switch input.kind {
    case .values(let channels):
      sequence = .values(Tensor([rows, channels, length], values: (0..<rows * channels * length).map { _ in Float(stream.normal()) }))
    case .tokens(let vocabularySize):
      let tokens = (0..<rows * length).map { _ in Int32(stream.integer(below: vocabularySize)) }
      sequence = .tokens(Integers(tokens), batchSize: rows, length: length)
    case .frames(let shape):
      let numbers = (0..<2 * shape.count).map { _ in Float(stream.normal()) }
      sequence = .frames(Tensor([1, 2, shape.channels, shape.height, shape.width], values: numbers))
    }
    let outputShape =
      switch sequence {
      case .frames(let frames): frames.shape
      case .values, .tokens: experiment.configuration.model.givesSequences ? [1, input.outputCount, length] : [1, input.outputCount]
      }
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    model.differentiate(sequence, lengths: nil, pass: &pass) { output, _ in
      #expect(output.shape == outputShape && ElementwiseArithmetic.allFinite(output), "\(experiment.id)")
      return Tensor(output.shape, values: (0..<output.count).map { _ in Float(stream.normal()) })
    }
    let groups = OptimizerGroups(of: model)
    for parameter in model.parameters {
      #expect(ElementwiseArithmetic.allFinite(parameter.gradient), "\(experiment.id): \(parameter.name)")
      #expect(
        groups.isFrozen(parameter.role) || parameter.gradient.values().contains { $0 != 0 },
        "\(experiment.id): \(parameter.name) has no influence")
    }
  }
}

extension ModelSpecification {
  /// Two blocks of the same; what differs between layers shows already.
  fileprivate var cut: ModelSpecification {
    if case .convS5(var video) = self {
      video.layerCount = min(video.layerCount, 2)
      return .convS5(video)
    }
    guard var model = blocks else { return self }
    model.layerCount = min(model.layerCount, 2)
    return .blocks(model)
  }

  /// One output a step rather than one a sequence.
  fileprivate var givesSequences: Bool { kind == .denoiser || kind == .delay }
}

extension Experiment {
  /// What two models must share to be alike in everything but numbers.
  fileprivate var shape: String {
    let input = InputDescription.of(configuration.data).map { "\($0)" } ?? id
    guard let model = configuration.model.blocks else {
      // Numbers of these few decide which parts there are.
      return switch configuration.model {
      case .wavesRegressor(let waves): "waves \(waves.modelWidth) \(waves.modeCount) \(waves.filterWeighting)"
      case .denoiser(let denoiser): "denoiser \(denoiser.modeCount) \(denoiser.filterWeighting)"
      case .delay(let delay): "delay \(delay.modeCount) \(delay.modelWidth) \(delay.initialization)"
      case .convS5(let video): "video \(video.encoderWidths) \(video.modelWidth) \(video.modeCount) \(video.filterExponent)"
      case .blocks: id
      }
    }
    let layer =
      switch model.layer {
      case .diagonal(let layer):
        "\(layer.form) \(layer.initialization) \(layer.stateSize) \(layer.systemCount ?? 0) \(layer.bidirectional) \(layer.filter != nil)"
      case .dampedFourier(let layer):
        "\(layer.angles) \(layer.plane) \(layer.inputFactor) \(layer.trainsInputWeights == true) \(layer.stateSize) "
          + "\(layer.bidirectional)"
      case .hankel(let layer): "\(layer.directions) \(layer.markovCount) \(layer.systemCount ?? 0)"
      }
    return [
      input, "\(model.pipeline)", "\(min(model.layerCount, 2))", "\(model.modelWidth)", "\(model.normalization)", "\(model.prenorm)",
      "\(model.dropout)", "\(model.tiedDropout)", "\(model.pooling)", "\(model.appendsReversal)", layer,
    ].joined(separator: " ")
  }
}

extension InputDescription {
  /// What the cards of official data say.
  fileprivate static func of(_ data: DataSpecification) -> InputDescription? {
    switch (data.family, data.variant.split(separator: "-").first.map(String.init)) {
    case ("celeba", _): InputDescription(kind: .values(channels: 3), outputCount: 3)
    case ("generated", "waves"): InputDescription(kind: .values(channels: 1), outputCount: 4)
    case ("generated", "delay"): InputDescription(kind: .values(channels: 1), outputCount: 1)
    case (_, "listops"): InputDescription(kind: .tokens(vocabularySize: 18), outputCount: 10)
    case (_, "text"): InputDescription(kind: .tokens(vocabularySize: 135), outputCount: 2)
    case (_, "retrieval"): InputDescription(kind: .tokens(vocabularySize: 98), outputCount: 2, documentCount: 2)
    case (_, "gray"): InputDescription(kind: .values(channels: 1), outputCount: 10)
    case (_, "rgb"), (_, "permuted"), (_, "noise"): InputDescription(kind: .values(channels: 3), outputCount: 10)
    case (_, "pathfinder"): InputDescription(kind: .values(channels: 1), outputCount: 2)
    case (_, "hr"), (_, "rr"), (_, "spo2"): InputDescription(kind: .values(channels: 2), outputCount: 1)
    case ("moving-mnist", "coloured"):
      InputDescription(kind: .frames(FrameShape(channels: 3, height: 16, width: 16)), outputCount: 3)
    case (_, "16khz"), (_, "tones"): InputDescription(kind: .values(channels: 1), outputCount: 35)
    default: nil
    }
  }
}

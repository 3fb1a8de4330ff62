import RunSupport
import SequenceModels
import Vocabulary

extension LayerSpecification {
  /// Reads the section `model.layer` of a model with `modelWidth` channels; `kind` decides which other keys it has.
  init(reading node: ConfigurationNode, modelWidth: Int) throws {
    switch try node.kind(Kind.self) {
    case .diagonal: self = .diagonal(try DiagonalLayerSpecification(reading: node, modelWidth: modelWidth))
    case .dampedFourier: self = .dampedFourier(try DampedFourierLayerSpecification(reading: node))
    case .hankel: self = .hankel(try HankelLayerSpecification(reading: node, modelWidth: modelWidth))
    }
  }
}

extension DiagonalLayerSpecification {
  private enum Key: String, CaseIterable {
    case kind, form, initialization, frequencyScale, stateSize, systemCount, discretization, timestepTransform, timestepMinimum
    case timestepMaximum, bidirectional, poleLearningRate, poleWeightDecay, timestepLearningRate, outputWeightsLearningRate
    case filter
  }

  init(reading node: ConfigurationNode, modelWidth: Int) throws {
    let section = try node.section(Key.self)
    let form = try section[.form].choice(Form.self)
    let timesteps = try Bounds(minimum: section[.timestepMinimum], maximum: section[.timestepMaximum], named: "timestepMinimum")
    let systemCount = try section.optional(.systemCount)?.integer(
      form == .minimal ? "absent in the form `minimal`, which has one system per channel" : "a divisor of the width \(modelWidth)"
    ) { form != .minimal && $0 > 0 && modelWidth % $0 == 0 }
    self.init(
      form: form,
      initialization: try section[.initialization].choice(PoleInitialization.self),
      frequencyScale: try section.optional(.frequencyScale)?.number("above 0") { $0 > 0 },
      stateSize: try section[.stateSize].stateSize(),
      systemCount: systemCount,
      discretization: try section[.discretization].choice(Discretization.self),
      timestepTransform: try section[.timestepTransform].choice(TimestepTransform.self),
      timestepMinimum: timesteps.minimum,
      timestepMaximum: timesteps.maximum,
      bidirectional: try section[.bidirectional].flag(),
      poleLearningRate: try section[.poleLearningRate].learningRate(),
      poleWeightDecay: try section.optional(.poleWeightDecay)?.number("at least 0") { $0 >= 0 },
      timestepLearningRate: try section.optional(.timestepLearningRate)?.learningRate(),
      outputWeightsLearningRate: try section.optional(.outputWeightsLearningRate)?.learningRate(),
      filter: try section.optional(.filter).map { try SobolevFilterSpecification(reading: $0) })
  }
}

extension SobolevFilterSpecification {
  private enum Key: String, CaseIterable { case weighting, exponent, learningRate }

  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    self.init(
      weighting: try section[.weighting].choice(FilterWeighting.self),
      exponent: try section[.exponent].number("from -10 to 10") { abs($0) <= 10 },
      learningRate: try section[.learningRate].learningRate())
  }
}

extension DampedFourierLayerSpecification {
  private enum Key: String, CaseIterable {
    case kind, angles, plane, inputFactor, trainsInputWeights, stateSize, dampingMinimum, dampingMaximum, bidirectional, poleLearningRate
    case dampingLearningRate, outputWeightsLearningRate
  }

  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    let damping = try Bounds(minimum: section[.dampingMinimum], maximum: section[.dampingMaximum], named: "dampingMinimum")
    self.init(
      angles: try section[.angles].choice(FourierArrangement.self),
      plane: try section[.plane].choice(FourierPlane.self),
      inputFactor: try section[.inputFactor].choice(FourierInputFactor.self),
      trainsInputWeights: try section.optional(.trainsInputWeights)?.flag() ?? false,
      stateSize: try section[.stateSize].stateSize(),
      dampingMinimum: damping.minimum,
      dampingMaximum: damping.maximum,
      bidirectional: try section[.bidirectional].flag(),
      poleLearningRate: try section[.poleLearningRate].learningRate(),
      dampingLearningRate: try section[.dampingLearningRate].learningRate(),
      outputWeightsLearningRate: try section.optional(.outputWeightsLearningRate)?.learningRate())
  }
}

extension HankelLayerSpecification {
  private enum Key: String, CaseIterable {
    case kind, directions, markovCount, systemCount, markovDeviation, timestepTransform, timestepMinimum, timestepMaximum
    case markovLearningRate, markovWeightDecay, timestepLearningRate
  }

  init(reading node: ConfigurationNode, modelWidth: Int) throws {
    let section = try node.section(Key.self)
    let timesteps = try Bounds(minimum: section[.timestepMinimum], maximum: section[.timestepMaximum], named: "timestepMinimum")
    self.init(
      directions: try section[.directions].choice(Directions.self),
      markovCount: try section[.markovCount].count(upTo: 65_536, of: "Markov parameters"),
      systemCount: try section.optional(.systemCount)?.integer("a divisor of the width \(modelWidth)") {
        $0 > 0 && modelWidth % $0 == 0
      },
      markovDeviation: try section.optional(.markovDeviation)?.number("above 0") { $0 > 0 },
      timestepTransform: try section[.timestepTransform].choice(TimestepTransform.self),
      timestepMinimum: timesteps.minimum,
      timestepMaximum: timesteps.maximum,
      markovLearningRate: try section.optional(.markovLearningRate)?.learningRate(),
      markovWeightDecay: try section.optional(.markovWeightDecay)?.number("at least 0") { $0 >= 0 } ?? 0,
      timestepLearningRate: try section.optional(.timestepLearningRate)?.learningRate())
  }
}

/// A range of positive initial values.
private struct Bounds {
  let minimum: Double
  let maximum: Double

  init(minimum: ConfigurationNode, maximum: ConfigurationNode, named name: String) throws {
    let least = try minimum.number("at least 1e-9") { $0 >= 1e-9 }
    self.minimum = least
    self.maximum = try maximum.number("from \(name), \(least), to 100") { $0 >= least && $0 <= 100 }
  }
}

extension ConfigurationNode {
  fileprivate func learningRate() throws -> Double { try number("at least 0") { $0 >= 0 } }

  fileprivate func stateSize() throws -> Int {
    try integer("an even number from 2 to 65536") { (2...65_536).contains($0) && $0 % 2 == 0 }
  }

  /// The choice under the key `kind`, whatever the other keys are.
  fileprivate func kind<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) throws -> Choice where Choice.RawValue == String {
    if let value = try entries().first(where: { $0.key == "kind" })?.value { return try value.choice(type) }
    throw StageError(
      .badConfiguration, "the key \(path).kind is missing", where: location, why: "it decides which other keys there are",
      fix: "add `kind:` with one of \(Choice.allCases.map(\.rawValue).joined(separator: ", "))")
  }
}

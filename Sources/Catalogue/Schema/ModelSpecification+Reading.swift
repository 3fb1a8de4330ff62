import Vocabulary

extension ModelSpecification {
  /// Reads the section `model`, whose key `kind` says which other keys it has; without it the model is one of blocks.
  init(reading node: ConfigurationNode) throws {
    let kind = try node.entries().first { $0.key == "kind" }?.value.choice(Kind.self) ?? .blocks
    let rest = node.without("kind")
    switch kind {
    case .blocks: self = .blocks(try BlocksSpecification(reading: rest))
    case .wavesRegressor: self = .wavesRegressor(try WavesRegressorSpecification(reading: rest))
    case .denoiser: self = .denoiser(try DenoiserSpecification(reading: rest))
    case .delay: self = .delay(try DelayModelSpecification(reading: rest))
    case .convS5: self = .convS5(try ConvS5Specification(reading: rest))
    }
  }
}

extension WavesRegressorSpecification {
  private enum Key: String, CaseIterable {
    case modelWidth, modeCount, frequencyScale, filterExponent, filterWeighting, decayLearningRate, frequencyLearningRate
  }

  fileprivate init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    self.init(
      modelWidth: try section[.modelWidth].count(upTo: 65_536, of: "channels"),
      modeCount: try section[.modeCount].count(upTo: 65_536, of: "modes"),
      frequencyScale: try section[.frequencyScale].number("positive") { $0 > 0 },
      filterExponent: try section[.filterExponent].number("from -10 to 10") { abs($0) <= 10 },
      filterWeighting: try section[.filterWeighting].choice(FilterWeighting.self),
      decayLearningRate: try section[.decayLearningRate].number("at least 0") { $0 >= 0 },
      frequencyLearningRate: try section[.frequencyLearningRate].number("at least 0") { $0 >= 0 })
  }
}

extension DenoiserSpecification {
  private enum Key: String, CaseIterable { case modeCount, frequencyStep, filterExponent, filterWeighting }

  fileprivate init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    self.init(
      modeCount: try section[.modeCount].count(upTo: 65_536, of: "modes"),
      frequencyStep: try section[.frequencyStep].number("positive") { $0 > 0 },
      filterExponent: try section[.filterExponent].number("from -10 to 10") { abs($0) <= 10 },
      filterWeighting: try section[.filterWeighting].choice(FilterWeighting.self))
  }
}

extension DelayModelSpecification {
  private enum Key: String, CaseIterable {
    case initialization, modeCount, modelWidth, timestep, inputFactor, poleLearningRate, timestepLearningRate
  }

  fileprivate init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    let initialization = try section[.initialization].choice(Initialization.self)
    let factor = section.optional(.inputFactor)
    if let factor, !initialization.isFourier {
      throw factor.impossible("absent: of \(initialization.rawValue) poles zero-order hold gives B̄")
    }
    let fixed = initialization == .undampedFourier
    self.init(
      initialization: initialization,
      modeCount: try section[.modeCount].count(upTo: 65_536, of: "modes"),
      modelWidth: try section[.modelWidth].count(upTo: 65_536, of: "channels"),
      timestep: try section[.timestep].number("from 1e-9 to 100") { (1e-9...100).contains($0) },
      inputFactor: try factor?.choice(FourierInputFactor.self),
      poleLearningRate: try section[.poleLearningRate].number("at least 0") { $0 >= 0 },
      timestepLearningRate: try section[.timestepLearningRate].number(
        fixed ? "0: without damping Δ is a constant gain" : "at least 0"
      ) { fixed ? $0 == 0 : $0 >= 0 })
  }
}

extension ConvS5Specification {
  private enum Key: String, CaseIterable {
    case encoderWidths, modelWidth, layerCount, modeCount, groupCount, frequencyScale, filterExponent, timestepMinimum, timestepMaximum
  }

  fileprivate init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    let groupCount = try section[.groupCount].count(upTo: 1024, of: "groups")
    func width(_ node: ConfigurationNode) throws -> Int {
      try node.integer("a multiple of the \(groupCount) groups, up to 4096") { (1...4096).contains($0) && $0.isMultiple(of: groupCount) }
    }
    let widths = try section[.encoderWidths].list().map(width)
    guard (1...6).contains(widths.count) else { throw try section[.encoderWidths].impossible("1 to 6 widths") }
    let minimum = try section[.timestepMinimum].number("from 1e-9 to 100") { (1e-9...100).contains($0) }
    self.init(
      encoderWidths: widths, modelWidth: try width(section[.modelWidth]),
      layerCount: try section[.layerCount].count(upTo: BlocksSpecification.mostLayers, of: "layers"),
      modeCount: try section[.modeCount].count(upTo: 1024, of: "modes"), groupCount: groupCount,
      frequencyScale: try section[.frequencyScale].number("positive") { $0 > 0 },
      filterExponent: try section[.filterExponent].number("from -10 to 10") { abs($0) <= 10 },
      timestepMinimum: minimum,
      timestepMaximum: try section[.timestepMaximum].number("from timestepMinimum to 100") { (minimum...100).contains($0) })
  }
}

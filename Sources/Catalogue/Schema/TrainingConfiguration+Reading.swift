import Datasets
import RunSupport
import SequenceModels
import Training
import Vocabulary

extension TrainingConfiguration {
  private enum Key: String, CaseIterable { case batchSize, shards, paddingMultiple, epochs, optimizer, schedule, probe, probes }

  /// Reads the section `training`.
  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    let batchSize = try section[.batchSize].count(upTo: 65_536, of: "sequences")
    self.init(
      batchSize: batchSize,
      shards: try section.optional(.shards).map { try Self.shards(reading: $0, of: batchSize) },
      paddingMultiple: try section.optional(.paddingMultiple)?.count(upTo: 65_536, of: "steps"),
      epochs: try section[.epochs].count(upTo: 1_000_000, of: "epochs"),
      optimizer: try OptimizerConfiguration(reading: section[.optimizer]),
      schedule: try Schedule(reading: section[.schedule]),
      probe: try section.optional(.probe).map(Probe.init(reading:)),
      probes: try section.optional(.probes).map(Self.probes))
  }

  /// Two sequences share a transform, so no shard may part a pair.
  private static func shards(reading node: ConfigurationNode, of batchSize: Int) throws -> Int {
    let count = try node.count(upTo: 1024, of: "shards")
    guard batchSize % (2 * count) == 0 else {
      throw StageError(
        .badConfiguration, "a batch of \(batchSize) does not make \(count) equal shards of whole pairs", where: node.location,
        why: "two sequences share a transform, so each shard takes an even number of them",
        fix: "make batchSize a multiple of \(2 * count), or leave shards out: one process then trains such a run")
    }
    return count
  }

  private static func probes(reading node: ConfigurationNode) throws -> [TestProbe] {
    var names: Set<String> = []
    return try node.list().map { entry in
      let probe = try TestProbe(reading: entry)
      guard names.insert(probe.name).inserted else {
        throw StageError(
          .badConfiguration, "two probes are called \(probe.name)", where: entry.location,
          why: "a probe's result is found by its name", fix: "give each of \(node.path) its own name")
      }
      return probe
    }
  }
}

extension Probe {
  private enum Key: String, CaseIterable { case samplingRate, kernelLength, layerCount, systemLayerCount }

  /// Reads the section `training.probe`.
  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    self.init(
      samplingRate: try section.optional(.samplingRate)?.steps() ?? 1, kernelLength: try section.optional(.kernelLength)?.steps(),
      layerCount: try section.optional(.layerCount)?.layers(), systemLayerCount: try section.optional(.systemLayerCount)?.layers())
  }
}

extension TestProbe {
  private enum Key: String, CaseIterable { case name, samplingRate, kernelLength, layerCount, stripes, magnitude }

  /// Reads one entry of `training.probes`.
  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    let stripes = try section.optional(.stripes)?.choice(StripeNoise.Orientation.self)
    if let magnitude = section.optional(.magnitude), stripes == nil {
      throw StageError(
        .badConfiguration, "\(magnitude.path) without stripes", where: magnitude.location, why: "it is the strength of the stripes",
        fix: "add `stripes:` with vertical or horizontal, or remove it")
    }
    self.init(
      name: try section[.name].text(), samplingRate: try section.optional(.samplingRate)?.steps(),
      kernelLength: try section.optional(.kernelLength)?.steps(), layerCount: try section.optional(.layerCount)?.layers(), stripes: stripes,
      magnitude: try stripes.map { _ in try section[.magnitude].number("positive") { $0 > 0 } })
  }
}

extension ConfigurationNode {
  fileprivate func steps() throws -> Int { try count(upTo: SampleDescription.longestSequence, of: "steps") }

  fileprivate func layers() throws -> Int { try count(upTo: BlocksSpecification.mostLayers, of: "layers") }
}

extension OptimizerConfiguration {
  private enum Key: String, CaseIterable { case learningRate, weightDecay, decaysBiasesAndNorms, secondMomentDecay }

  /// Reads the section `training.optimizer`.
  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    self.init(
      learningRate: try section[.learningRate].number("positive") { $0 > 0 },
      weightDecay: try section[.weightDecay].number("at least 0") { $0 >= 0 },
      decaysBiasesAndNorms: try section[.decaysBiasesAndNorms].flag(),
      secondMomentDecay: try section.optional(.secondMomentDecay)?.number("at least 0 and less than 1") { (0..<1).contains($0) })
  }
}

extension Schedule {
  private enum Key: String, CaseIterable { case kind, warmup, total, halvingEpochs }

  /// Reads the section `training.schedule`; which numbers must be there depends on the kind.
  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    let kind = try section[.kind].choice(Kind.self)
    let warmup = try section.optional(.warmup)?.integer("at least 0, and 0 without a cosine") { $0 == 0 || ($0 > 0 && kind.hasWarmup) } ?? 0
    switch kind {
    case .constant:
      self.init(kind: kind)
    case .cosineOverSteps, .cosineOverEpochs:
      self.init(kind: kind, warmup: warmup, total: try section[.total].integer("more than the warm-up, \(warmup)") { $0 > warmup })
    case .halvingOverEpochs:
      self.init(
        kind: kind, total: try section[.total].integer("positive") { $0 > 0 },
        halvingEpochs: try section[.halvingEpochs].integer("positive") { $0 > 0 })
    }
  }
}

extension Schedule.Kind {
  fileprivate var hasWarmup: Bool { self == .cosineOverSteps || self == .cosineOverEpochs }
}

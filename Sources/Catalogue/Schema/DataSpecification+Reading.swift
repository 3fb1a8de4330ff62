import Datasets
import RunSupport
import Vocabulary

extension DataSpecification {
  private enum Key: String, CaseIterable { case family, variant, parameters, limits, video }

  /// Reads the section `data`: a variant that a tool can make, or a task made on the fly, with exactly the parameters that it takes.
  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    let known: [(family: String, variant: String, parameterNames: [String])] =
      DataVariant.all.map { (family: $0.family, variant: $0.name, parameterNames: $0.parameterNames) }
      + GeneratedTask.allCases.map { (GeneratedTask.family, $0.rawValue, $0.parameterNames) }
    let family = try section[.family].text()
    guard known.contains(where: { $0.family == family }) else {
      throw try section[.family].unknownName(family, allowed: Set(known.map(\.family)).sorted())
    }
    let variants = known.filter { $0.family == family }
    let variant = try section[.variant].text()
    guard let names = variants.first(where: { $0.variant == variant })?.parameterNames else {
      throw try section[.variant].unknownName(variant, allowed: variants.map(\.variant))
    }
    self.init(
      family: family, variant: variant,
      parameters: try Self.parameters(section.optional(.parameters), of: variant, named: names, in: node),
      limits: try section.optional(.limits).map(SplitLimits.init(reading:)) ?? SplitLimits(),
      video: nil)
    video = try section.optional(.video).map { try VideoView(reading: $0, of: self) }
    if let length = expectedSamples?.description.sequenceLength, length > SampleDescription.longestSequence {
      throw StageError(
        .badConfiguration, "sequences of \(length) steps", where: (section.optional(.parameters) ?? node).location,
        why: "data.parameters make them so long, and at most \(SampleDescription.longestSequence) steps are possible",
        fix: "make the parameters smaller")
    }
    if let limits = section.optional(.limits), generatedTask != nil, self.limits != SplitLimits() {
      throw StageError(
        .badConfiguration, "data.limits of a task made on the fly", where: limits.location,
        why: "its parameters say how many samples there are", fix: "remove the limits and change data.parameters")
    }
  }

  /// The largest number that a parameter may be, but for seeds.
  private static let largest = 1_000_000_000

  private static func parameters(
    _ given: ConfigurationNode?, of variant: String, named names: [String], in section: ConfigurationNode
  ) throws -> [String: Int] {
    var values: [String: Int] = [:]
    for (name, value) in try given?.entries() ?? [] {
      guard names.contains(name) else {
        let nearest = NearestName.suggestion(for: name, among: names)
        throw StageError(
          .badConfiguration, "unknown key \(value.path)", where: value.keyLocation,
          why: "\(variant) takes \(names.isEmpty ? "no parameters" : names.joined(separator: ", "))",
          fix: nearest.map { "did you mean `\($0)`?" } ?? "remove it")
      }
      values[name] =
        name == "seed"
        ? try value.integer("at least 0") { $0 >= 0 } : try value.integer("from 0 to \(largest)") { (0...largest).contains($0) }
    }
    if let missing = names.first(where: { values[$0] == nil }) {
      throw StageError(
        .badConfiguration, "the key data.parameters.\(missing) is missing", where: (given ?? section).location,
        why: "\(variant) takes \(names.joined(separator: ", "))", fix: "add `\(missing):` with its value")
    }
    return values
  }
}

extension DataSpecification.SplitLimits {
  private enum Key: String, CaseIterable { case train, validation, test }

  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    func limit(_ key: Key) throws -> Int? { try section.optional(key)?.integer("a positive number of samples") { $0 > 0 } }
    self.init(train: try limit(.train), validation: try limit(.validation), test: try limit(.test))
  }
}

extension VideoView {
  private enum Key: String, CaseIterable { case frameCount, averaging, contextCount }

  /// Reads the section `data.video`.
  fileprivate init(reading node: ConfigurationNode, of data: DataSpecification) throws {
    let section = try node.section(Key.self)
    guard let length = data.parameters["frames"] else {
      throw StageError(
        .badConfiguration, "data.video of data that are no videos", where: node.location,
        why: "\(data.family)/\(data.variant) has no frames", fix: "remove it")
    }
    self.init(
      frameCount: try section.optional(.frameCount)?.integer("from 2 to the \(length) frames of a video") {
        (2...max(2, length)).contains($0)
      },
      averaging: try section[.averaging].integer("1, 2 or 4") { [1, 2, 4].contains($0) },
      contextCount: try section[.contextCount].integer("at least 1 and less than the \(length) frames of a video") {
        $0 >= 1 && $0 < length
      })
  }
}

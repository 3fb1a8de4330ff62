import Datasets
import RunSupport

extension DataConfiguration {
  private enum Key: String, CaseIterable { case family, variant, parameters, limits }

  /// Reads the section `data`: a variant that a tool can make, with exactly the parameters that the tool takes.
  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    let recipes = DataRecipe.all
    let family = try section[.family].text()
    guard recipes.contains(where: { $0.family == family }) else {
      throw try section[.family].unknownName(family, allowed: Set(recipes.map(\.family)).sorted())
    }
    let variants = recipes.filter { $0.family == family }
    let variant = try section[.variant].text()
    guard let recipe = variants.first(where: { $0.variant == variant }) else {
      throw try section[.variant].unknownName(variant, allowed: variants.map(\.variant))
    }
    self.init(
      family: family, variant: variant,
      parameters: try Self.parameters(section.optional(.parameters), of: recipe, in: node),
      limits: try section.optional(.limits).map(SplitLimits.init(reading:)) ?? SplitLimits())
  }

  private static func parameters(
    _ given: ConfigurationNode?, of recipe: DataRecipe, in section: ConfigurationNode
  ) throws -> [String: Int] {
    var values: [String: Int] = [:]
    for (name, value) in try given?.entries() ?? [] {
      guard recipe.parameterNames.contains(name) else {
        let nearest = NearestName.suggestion(for: name, among: recipe.parameterNames)
        throw StageError(
          .badConfiguration, "unknown key \(value.path)", where: value.keyLocation,
          why: "\(recipe.variant) takes \(recipe.parameterNames.isEmpty ? "no parameters" : recipe.parameterNames.joined(separator: ", "))",
          fix: nearest.map { "did you mean `\($0)`?" } ?? "remove it")
      }
      values[name] = try value.integer("at least 0") { $0 >= 0 }
    }
    if let missing = recipe.parameterNames.first(where: { values[$0] == nil }) {
      throw StageError(
        .badConfiguration, "the key data.parameters.\(missing) is missing", where: (given ?? section).location,
        why: "\(recipe.variant) takes \(recipe.parameterNames.joined(separator: ", "))", fix: "add `\(missing):` with its value")
    }
    return values
  }
}

extension DataConfiguration.SplitLimits {
  private enum Key: String, CaseIterable { case train, validation, test }

  init(reading node: ConfigurationNode) throws {
    let section = try node.section(Key.self)
    func limit(_ key: Key) throws -> Int? { try section.optional(key)?.integer("a positive number of samples") { $0 > 0 } }
    self.init(train: try limit(.train), validation: try limit(.validation), test: try limit(.test))
  }
}

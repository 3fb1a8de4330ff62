import RunSupport

extension DataFamily {
  /// A parameter of any of the family's recipes, as its tool's help shows it.
  package struct ListedParameter: Sendable {
    package let name: String
    /// With the usual values.
    package let help: String
  }

  /// Every parameter once, in the order of the recipes.
  package var parameters: [ListedParameter] {
    let names = recipes.flatMap(\.variant.parameterNames).unique()
    return names.map { name in
      let uses = recipes.flatMap { recipe in recipe.variant.parameters.filter { $0.name == name }.map { (recipe.variant.name, $0) } }
      let meanings = uses.map(\.1.meaning).unique()
      let usual =
        Set(uses.map(\.1.usual)).count == 1
        ? uses[0].1.usual.map(String.init)
        : uses.compactMap { variant, use in use.usual.map { "\(variant) \($0)" } }.joined(separator: ", ")
      return ListedParameter(name: name, help: meanings.joined(separator: " ") + (usual.map { " (default: \($0))" } ?? ""))
    }
  }
}

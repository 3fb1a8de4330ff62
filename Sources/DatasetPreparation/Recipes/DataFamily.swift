import Datasets
import RunSupport

/// Prepared data that one tool makes, `prepare-NAME`, from the same raw files or in their place.
package struct DataFamily: Sendable {
  /// An option of the tool that tells its recipes apart, such as `--task`.
  package struct Choice: Sendable {
    package let name: String
    /// What is chosen if nothing is said; nil if that depends on other choices.
    package let usual: String?
    package let meaning: String
    /// Offered as a flag without a value.
    package let isFlag: Bool
    /// What it means for a download; nil if all of the family's recipes need the same files.
    package let downloadMeaning: String?
    /// Whether a download takes the files of every recipe if nothing is said, not those of the usual one.
    package let downloadsAll: Bool

    init(
      _ name: String, usual: String? = nil, _ meaning: String, isFlag: Bool = false, downloadMeaning: String? = nil,
      downloadsAll: Bool = false
    ) {
      (self.name, self.usual, self.meaning) = (name, usual, meaning)
      (self.isFlag, self.downloadMeaning, self.downloadsAll) = (isFlag, downloadMeaning, downloadsAll)
    }
  }

  /// The help of a command: a sentence, and what else there is to know.
  package struct Help: Sendable, ExpressibleByStringLiteral {
    package let abstract: String
    package let discussion: String

    package init(_ abstract: String, discussion: String = "") { (self.abstract, self.discussion) = (abstract, discussion) }
    package init(stringLiteral abstract: String) { self.init(abstract) }
  }

  package let name: String
  package let help: Help
  package let downloadHelp: Help
  package let preprocessHelp: Help
  package let choices: [Choice]
  /// The usual one first: where nothing is said, the first recipe that fits is meant.
  package let recipes: [DataRecipe]
  /// Whether `verify` looks at the raw files although no folder of them is named.
  package let verifiesRaw: Bool

  init(
    _ name: String, _ help: Help, download: Help, preprocess: Help, choices: [Choice], recipes: [DataRecipe], verifiesRaw: Bool = false
  ) {
    (self.name, self.help, self.downloadHelp, self.preprocessHelp) = (name, help, download, preprocess)
    (self.choices, self.recipes, self.verifiesRaw) = (choices, recipes, verifiesRaw)
  }

  package static let all = [arena, cifar10, speechCommands, celebA, movingMNIST, bidmc]

  /// The recipes that agree with what is chosen; a choice that a recipe does not know does not matter to it.
  package func recipes(_ chosen: [String: String]) -> [DataRecipe] {
    recipes.filter { recipe in recipe.choices.allSatisfy { chosen[$0.key] == nil || chosen[$0.key] == $0.value } }
  }

  /// Every value of a choice, in the order of the recipes.
  package func values(of choice: Choice) -> [String] {
    recipes.compactMap { $0.choices[choice.name] }.unique()
  }

  /// Raw files that a download fetches, all of one dataset.
  package func download(_ chosen: [String: String]) -> (dataset: String, files: [String]) {
    let usual = choices.filter { $0.downloadMeaning != nil && !$0.downloadsAll }.compactMap { choice in
      choice.usual.map { (choice.name, $0) }
    }
    let needing = recipes(chosen.merging(usual) { first, _ in first }).filter { !$0.files.isEmpty }
    let files = needing.flatMap(\.files).unique()
    return (needing.first?.variant.raw ?? name, files)
  }

  /// Options of a download that fetches the files of one raw folder.
  package func downloadOptions(forRaw raw: String) -> [String] {
    guard let recipe = recipes.first(where: { $0.variant.raw == raw }) else { return [] }
    return choices.filter { $0.downloadMeaning != nil && !$0.downloadsAll && $0.usual != recipe.choices[$0.name] }.flatMap { choice in
      ["--\(choice.name)", recipe.choices[choice.name] ?? ""]
    }
  }

  /// The recipe of a description.
  ///
  /// - Parameter place: where the description was read.
  /// - Throws: `StageError` (`badConfiguration`) if it does not describe data of this family.
  package func recipe(of description: DataDescription, in place: String) throws -> DataRecipe {
    let variant = try description.declaredVariant(in: place, among: recipes.map(\.variant))
    return recipes.first { $0.variant.name == variant.name } ?? recipes[0]
  }
}

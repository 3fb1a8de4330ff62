import ArgumentParser
import DatasetPreparation
import Datasets
import Foundation
import RunSupport

/// Which of a family's data are meant, and where they and their raw files lie.
package struct PreparedOptions<PreparedBy: PreparationTool>: ParsableArguments {
  @OptionGroup var chosen: DeclaredOptions<RecipeOptions<PreparedBy>>
  @Option(
    help: "JSON file that says all of that instead, as plan-runs resolve-data writes it.", completion: .file()) var recipe: String?
  @Option(help: "Folder of the raw files; data/raw/NAME of their dataset if absent.", completion: .directory) var raw: String?
  @Option(help: "Prepared folder; named after recipe and parameters if absent.", completion: .directory) var output: String?

  package init() {}

  package func validate() throws {
    let given = chosen.texts.keys.sorted() + chosen.numbers.keys.sorted()
    if recipe != nil, let other = given.first { throw ValidationError("--recipe says all that is prepared: leave out --\(other)") }
    _ = try chosenRecipe()
  }

  private func chosenRecipe() throws -> DataRecipe {
    let family = PreparedBy.family
    if let found = family.recipes(chosen.texts).first { return found }
    let words = family.choices.compactMap { choice in chosen.texts[choice.name].map { "--\(choice.name) \($0)" } }
    let remedies = family.choices.reversed().lazy.compactMap { choice in
      let others = family.recipes(chosen.texts.filter { $0.key != choice.name }).compactMap { $0.choices[choice.name] }
      return others.first.map { "--\(choice.name) \($0)" }
    }
    throw ValidationError("there are no data \(words.joined(separator: " ")): use \(remedies.first ?? "other choices")")
  }

  /// The data that are meant.
  ///
  /// - Throws: `StageError` as of reading the file, or for impossible parameters.
  func data() throws -> (recipe: DataRecipe, description: DataDescription) {
    guard let recipe else {
      let found = try chosenRecipe()
      return (found, try found.description(chosen.numbers))
    }
    let description = try JSONText.decode(DataDescription.self, fromFile: recipe, madeBy: "`plan-runs resolve-data --output \(recipe)`")
    return (try PreparedBy.family.recipe(of: description, in: recipe), description)
  }

  func folder(_ description: DataDescription) -> String { output ?? "data/prepared/\(description.preparedPath)" }

  /// The prepared folder.
  package func folder() throws -> String { try output ?? folder(data().description) }

  /// Compares raw files, if they are meant too, and prepared ones with their recorded hashes, and prints a line for each.
  ///
  /// - Throws: `StageError` naming the first that is missing or differs.
  package func verify() throws {
    let family = PreparedBy.family
    let (recipe, description) = try data()
    if let folder = raw ?? (family.verifiesRaw ? recipe.variant.raw.map { "data/raw/\($0)" } : nil) {
      let name = (folder as NSString).lastPathComponent
      let datasets = family.recipes.compactMap(\.variant.raw)
      let dataset = datasets.contains(name) ? name : recipe.variant.raw ?? family.name
      for line in try RawDownload.check(folder: folder, command: RawDownload.command(for: dataset)) { print(line) }
    }
    for line in try PreparedCheck.run(folder(description)) { print(line) }
  }

  /// Prints the card, and draws the first records if a file for them is named.
  package func describe(preview: String? = nil) throws {
    let folder = try folder()
    print(try CardText.describe(folder))
    if let preview { try PicturePreview.write(folder, to: preview) }
  }
}

import ArgumentParser
import DatasetPreparation
import Foundation
import ToolSupport

/// `preprocess`: makes a prepared folder and prints its card.
package struct Preprocess<PreparedBy: PreparationTool>: Tool {
  package static var configuration: CommandConfiguration {
    let help = PreparedBy.family.preprocessHelp
    return CommandConfiguration(commandName: "preprocess", abstract: help.abstract, discussion: help.discussion)
  }

  @OptionGroup var prepared: PreparedOptions<PreparedBy>
  @Option(help: "Threads, where the work is shared.") var threads = ProcessInfo.processInfo.activeProcessorCount

  package init() {}

  package func run() throws {
    let (recipe, description) = try prepared.data()
    let output = prepared.folder(description)
    try recipe.make(
      DataRecipe.Inputs(
        parameters: description.parameters, raw: prepared.raw ?? "data/raw/\(recipe.variant.raw ?? PreparedBy.family.name)", output: output,
        threadCount: threads))
    print(try CardText.describe(output))
  }
}

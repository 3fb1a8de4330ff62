import ArgumentParser
import DatasetPreparation
import ToolSupport

/// A tool that prepares the data of one family: all of them have the commands download, preprocess, verify and describe.
package protocol PreparationTool: Tool {
  static var family: DataFamily { get }
  /// In place of the usual command, where there is more to verify.
  static var verify: any ParsableCommand.Type { get }
  /// In place of the usual command, where there is more to describe.
  static var describe: any ParsableCommand.Type { get }
}

extension PreparationTool {
  package static var verify: any ParsableCommand.Type { Verify<Self>.self }
  package static var describe: any ParsableCommand.Type { Describe<Self>.self }

  package static var configuration: CommandConfiguration {
    CommandConfiguration(
      commandName: "prepare-\(family.name)", abstract: family.help.abstract, discussion: family.help.discussion,
      subcommands: [Download<Self>.self, Preprocess<Self>.self, verify, describe])
  }
}

/// The options that say which of a family's data are meant.
package enum RecipeOptions<PreparedBy: PreparationTool>: OptionSource {
  package static var options: [DeclaredOption] {
    let family = PreparedBy.family
    return family.choices.map { family.option($0, meaning: $0.meaning, usual: $0.usual) }
      + family.parameters.map { .number($0.name, ArgumentHelp(stringLiteral: $0.help)) }
  }
}

/// The options that say which files are fetched.
package enum DownloadOptions<PreparedBy: PreparationTool>: OptionSource {
  package static var options: [DeclaredOption] {
    let family = PreparedBy.family
    return family.choices.compactMap { choice in
      choice.downloadMeaning.map { family.option(choice, meaning: $0, usual: choice.downloadsAll ? nil : choice.usual) }
    }
  }
}

extension DataFamily {
  fileprivate func option(_ choice: Choice, meaning: String, usual: String?) -> DeclaredOption {
    if choice.isFlag { return .flag(choice.name, ArgumentHelp(stringLiteral: meaning)) }
    let values = values(of: choice)
    let text = "\(meaning) (values: \(values.joined(separator: ", "))\(usual.map { "; default: \($0)" } ?? ""))"
    return .text(choice.name, ArgumentHelp(stringLiteral: text), values: values)
  }
}

import ArgumentParser
import ToolSupport

/// `verify`: hashes the files of a family's data again.
package struct Verify<PreparedBy: PreparationTool>: Tool {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "verify", abstract: "Compares the files on disk with their recorded hashes.")
  }

  @OptionGroup var prepared: PreparedOptions<PreparedBy>

  package init() {}

  package func run() throws { try prepared.verify() }
}

/// `describe`: prints what a family's data hold.
package struct Describe<PreparedBy: PreparationTool>: Tool {
  package static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: "describe", abstract: "Prints what a prepared folder holds.")
  }

  @OptionGroup var prepared: PreparedOptions<PreparedBy>
  @Option(help: "PNG file for a sheet of the first records, where they are pictures.", completion: .file()) var preview: String?

  package init() {}

  package func run() throws { try prepared.describe(preview: preview) }
}

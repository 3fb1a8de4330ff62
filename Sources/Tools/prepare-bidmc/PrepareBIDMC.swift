import ArgumentParser
import DatasetPreparation
import PreparationCommands
import ToolSupport

@main struct PrepareBIDMC: PreparationTool {
  static let family = DataFamily.bidmc
  static var describe: any ParsableCommand.Type { DescribeSignals.self }
}

struct DescribeSignals: Tool {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "Prints what a prepared folder, or a table of raw signals, holds.")

  @OptionGroup var prepared: PreparedOptions<PrepareBIDMC>
  @Option(help: "A table of raw signals, .csv or .csv.gz, to describe instead; no task can be made of it.", completion: .file())
  var signals: String?

  func run() throws {
    if let signals { print(try SignalTable.read(file: signals).text) } else { try prepared.describe() }
  }
}

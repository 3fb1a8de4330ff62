import ArgumentParser
import DatasetPreparation
import Foundation
import PreparationCommands
import ToolSupport

@main struct PrepareLRA: PreparationTool {
  static let family = DataFamily.arena
  static var verify: any ParsableCommand.Type { VerifyArena.self }
}

struct VerifyArena: Tool {
  static let configuration = Verify<PrepareLRA>.configuration

  @OptionGroup var prepared: PreparedOptions<PrepareLRA>
  @Flag(help: "Pathfinder: follow the contours in the pictures and report how often they agree with the labels.") var trace = false
  @Option(help: "Pictures that --trace looks at, evenly spread.") var traceCount = 1000

  func run() throws {
    try prepared.verify()
    guard trace else { return }
    let threads = ProcessInfo.processInfo.activeProcessorCount
    print(try PathfinderTraceCheck.run(prepared.folder(), limit: traceCount, threadCount: threads))
  }
}

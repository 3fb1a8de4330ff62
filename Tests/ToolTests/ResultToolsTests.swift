import Foundation
import RunSupport
import TestSupport
import Testing

/// What the tools that show results read, and what they say about what they cannot read.
@Suite(.temporaryFolder) struct ResultToolsTests {
  enum Tool: CaseIterable {
    case compareResults, makeTables, makeFigures

    func run(_ options: [String]) throws -> ProcessResult {
      let (name, arguments) =
        switch self {
        case .compareResults: ("compare-results", ["--output", "\(folder)/tables"])
        case .makeTables: ("make-tables", ["waves", "--output", "\(folder)/tables"])
        case .makeFigures: ("make-figures", ["runs", "--name", "wave-errors", "--output", "\(folder)/paper-figures"])
        }
      return try BuiltTool.run(name, arguments + ["--preset", "smoke", "--results", folder] + options)
    }
  }

  /// A results folder with a run whose summary cannot be read.
  private func makeDamagedRun() throws {
    let run = "\(folder)/runs/tfb-waves-1/smoke/seed-1"
    try AtomicFile.makeDirectory(run)
    try AtomicFile.write("{", to: "\(run)/summary.json")
    try FileManager.default.copyItem(atPath: "\(Fixtures.repository)/paper-figures", toPath: "\(folder)/paper-figures")
  }

  @Test("a run that cannot be read is named and passed over, if own runs are asked for", arguments: Tool.allCases)
  func damaged(tool: Tool) throws {
    try makeDamagedRun()
    for options in [[], ["--runs", "own"], ["--runs", "shipped", "--runs", "own"]] {
      let result = try tool.run(options)
      #expect(result.status == 0 && result.errors.contains("warning: "), "\(options): \(result)")
      #expect(result.errors.contains("runs/tfb-waves-1/smoke/seed-1/summary.json"), "\(options): \(result)")
    }
    let shipped = try tool.run(["--runs", "shipped"])
    #expect(shipped.status == 0 && !shipped.errors.contains("warning: "), "\(shipped)")
  }

  @Test("a missing catalogue and a misspelt kind of runs end it", arguments: Tool.allCases)
  func refusals(tool: Tool) throws {
    try makeDamagedRun()
    let missing = try tool.run(["--catalogue", "\(folder)/nowhere"])
    #expect(missing.status == 66 && missing.errors.contains("error: no catalogue of experiments"), "\(missing)")
    // The catalogue is read first, so nothing is said about runs.
    #expect(!missing.errors.contains("warning: ") && missing.output.isEmpty, "\(missing)")
    let misspelt = try tool.run(["--runs", "mine"])
    #expect(misspelt.status == 64 && misspelt.errors.contains("one of 'own' and 'shipped'"), "\(misspelt)")
  }
}

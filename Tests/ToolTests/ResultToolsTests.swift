import Foundation
import RunSupport
import TestSupport
import Testing

/// What the tools that show results read, and what they say about what they cannot read.
@Suite(.temporaryFolder) struct ResultToolsTests {
  enum Tool: CaseIterable {
    case compareResults, makeTables, makeFigures, makeReport

    func run(_ options: [String]) throws -> ProcessResult {
      let (name, arguments) =
        switch self {
        case .compareResults: ("compare-results", ["--output", "\(folder)/tables"])
        case .makeTables: ("make-tables", ["waves", "--output", "\(folder)/tables"])
        case .makeReport: ("make-report", Self.reportOptions)
        case .makeFigures: ("make-figures", ["runs", "--name", "wave-errors", "--output", "\(folder)/paper-figures"])
        }
      return try BuiltTool.run(name, arguments + ["--preset", "smoke", "--results", folder] + options)
    }

    private static var reportOptions: [String] {
      ["--output", "\(folder)/report.html", "--figures", "\(folder)/paper-figures", "--templates", "\(Fixtures.repository)/report"]
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

  @Test("a changed digit in a table of a run is named, and the run passed over", arguments: Tool.allCases)
  func changedDigit(tool: Tool) throws {
    try makeDamagedRun()
    let run = "\(folder)/runs/tfb-waves-1/smoke/seed-1"
    let waves = """
      {"experiment": "tfb-waves-1", "preset": "smoke", "seed": 1, "metric": "mae", "value": 0.5, "testLoss": 1, "testCount": 8, "bestEpoch": 1,
       "validationValue": 0.5, "validationLoss": 1, "epochs": 1, "steps": 1, "parameterCount": 1, "chance": 1, "wallSeconds": 1,
       "peakMemoryMB": 1, "unofficialData": false, "standIn": false, "revision": "r", "dirty": false, "dataCards": [], "fingerprint": "f"FILES}
      """
    let header = "epoch,step,learning_rate,train_loss,train_mae,validation_loss,validation_mae,seconds\n"
    try AtomicFile.write(header + "1,1,0.1,1,1,1,1,1\n", to: "\(run)/metrics.csv")
    let files = ", \"files\": {\"metrics.csv\": \"\(try FileHash.hex(ofFile: "\(run)/metrics.csv"))\"}"
    try AtomicFile.write(waves.replacingOccurrences(of: "FILES", with: files), to: "\(run)/summary.json")
    let whole = try tool.run([])
    #expect(whole.status == 0 && !whole.errors.contains("warning: "), "\(whole)")
    try AtomicFile.write(header + "2,1,0.1,1,1,1,1,1\n", to: "\(run)/metrics.csv")
    let changed = try tool.run([])
    #expect(changed.status == 0 && changed.errors.contains("warning: \(run)/metrics.csv is not the file that the run wrote"), "\(changed)")
    try AtomicFile.write(waves.replacingOccurrences(of: "FILES", with: ""), to: "\(run)/summary.json")
    let old = try tool.run([])
    #expect(old.status == 0 && old.errors.contains("warning: 1 runs of preset smoke do not name the hashes"), "\(old)")
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

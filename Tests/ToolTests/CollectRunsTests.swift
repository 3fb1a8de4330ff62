import Foundation
import RunSupport
import Runs
import TestSupport
import Testing

/// `ship-runs collect`, of real runs that another folder has.
@Suite(.temporaryFolder) struct CollectRunsTests {
  private let bench: WorkBench
  init() throws {
    bench = try WorkBench(seeds: 3, epochs: 2)
    let made = try bench.finish("elsewhere")
    try #require(made.status == 0, "\(made)")
  }

  private func path(_ seed: Int) -> String { "own-waves-1/smoke/seed-\(seed)" }

  private func collect(_ more: String..., from: String? = nil, environment: [String: String] = [:]) throws -> ProcessResult {
    try ProcessResult.run(
      BuiltTool.path("ship-runs"),
      ["collect", "--from", from ?? "\(folder)/elsewhere", "--results", "\(folder)/results", "--catalogue", "\(folder)/catalogue"] + more,
      environment: environment)
  }

  private func change(_ file: String, _ change: (inout RunSummary) -> Void) throws {
    var summary = try RunSummary(inFolder: file)
    change(&summary)
    try AtomicFile.write(try summary.text(), to: "\(file)/summary.json")
  }

  @Test("runs come with their best weights, once; DRY=1 writes nothing, and one run can be asked for") func collected() throws {
    let dry = try collect("--dry-run")
    #expect(dry.status == 0 && dry.output.contains("nothing was written: 3 collected"), "\(dry)")
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/results"))
    let one = try collect("--run", "results/runs/\(path(2))/")
    #expect(one.status == 0 && one.output == "\(path(2)): collected\ncollect: 1 collected\n", "\(one)")
    let rest = try collect(from: folder + "/elsewhere/")
    #expect(rest.output.contains("\(path(2)): here already, same bits\n") && rest.output.contains("\(path(3)): collected\n"), "\(rest)")
    let weights = try InputFile.names(inFolder: bench.run(1) + "/checkpoints")
    #expect(weights.count == 1 && weights[0].hasPrefix("best-epoch-"))
    try bench.check()
    let none = try collect("--run", path(9))
    #expect(none.status == 66 && none.errors.contains("there is no run \(path(9))"), "\(none)")
  }

  @Test("unfinished runs are named, damaged ones refused, and an unfinished one here is moved aside") func refusals() throws {
    try FileManager.default.removeItem(atPath: bench.run(1, of: "elsewhere") + "/summary.json")
    let metrics = bench.run(2, of: "elsewhere") + "/metrics.csv"
    let text = try String(contentsOfFile: metrics, encoding: .utf8)
    try AtomicFile.write(text.replacing("0.", with: "1."), to: metrics)
    try AtomicFile.write("begun\n", to: bench.run(3) + "/log.jsonl")
    let result = try collect()
    #expect(result.status == 65 && result.errors.contains("error: 1 runs are not what they should be"), "\(result)")
    #expect(result.output.contains("\(path(1)): unfinished there, left alone\n"), "\(result)")
    #expect(result.output.contains("\(path(2)): damaged: ") && result.output.contains("metrics.csv is not the file"), "\(result)")
    #expect(result.output.contains("\(path(3)): collected; the unfinished run here is now in "), "\(result)")
    let names = try InputFile.names(inFolder: (bench.run(1) as NSString).deletingLastPathComponent)
    #expect(names == ["seed-3", "seed-3.lock", "seed-3.replaced-1"])
    // Its identity.
    try AtomicFile.write("{}\n", to: bench.run(3, of: "elsewhere") + "/identity.json")
    try FileManager.default.removeItem(atPath: bench.run(3))
    let other = try collect("--run", path(3))
    #expect(other.output.contains("damaged: ") && other.output.contains("identity.json is not the file"), "\(other)")
  }

  @Test("another result of the same run is reported, and stays") func differs() throws {
    _ = try collect()
    try change(bench.run(1)) { $0.testLoss += 1 }
    try change(bench.run(2)) {
      $0.testLoss += 1
      $0.fingerprint = "another"
    }
    let before = try Data(contentsOf: URL(fileURLWithPath: bench.run(1) + "/summary.json"))
    let result = try collect()
    #expect(result.status == 65 && result.errors.contains("error: 1 runs are"), "\(result)")
    #expect(result.output.contains("\(path(1)): here already, other bits under the same numeric fingerprint: summary.json, testLoss: "))
    #expect(result.output.contains("\(path(2)): here already, differs, under another numeric fingerprint: "), "\(result)")
    #expect(try Data(contentsOf: URL(fileURLWithPath: bench.run(1) + "/summary.json")) == before)
    try change(bench.run(3, of: "elsewhere")) { $0.fingerprint = "another" }
    try FileManager.default.removeItem(atPath: bench.run(3))
    #expect(try collect("--run", path(3)).output.contains("damaged: a run's numeric fingerprint is not that of its summary"))
  }

  @Test("host:path is copied by rsync into a folder that is gone afterwards; without rsync it says so") func remote() throws {
    try BuiltTool.refuse("ship-runs", ["collect", "--from", ""], status: 64, "nothing says where the runs are")
    let missing = try collect(from: "node7:/data/results", environment: ["PATH": "\(folder)/bin"])
    #expect(missing.status == 66 && missing.errors.contains("error: there is no rsync") && missing.errors.contains("fix:"), "\(missing)")
    let rsync = "\(folder)/bin/rsync"
    func program(_ lines: String) throws {
      try AtomicFile.write("#!/bin/bash\n\(lines)\n", to: rsync)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: rsync)
    }
    let paths = ["PATH": "\(folder)/bin:/usr/bin:/bin"]
    try program("echo \"$*\" >> \(folder)/calls; source=${@: -2:1}; cp -r \"${source#node7:}.\" \"${@: -1}\"")
    let one = try collect("--run", path(1), from: "node7:\(folder)/elsewhere", environment: paths)
    #expect(one.status == 0 && one.output == "\(path(1)): collected\ncollect: 1 collected\n", "\(one)")
    let call = try String(contentsOfFile: "\(folder)/calls", encoding: .utf8)
    #expect(call.contains("--include=/own-waves-1/smoke/ --include=/\(path(1))/ --include=/\(path(1))/** --exclude=* -- node7:"), "\(call)")
    #expect(try InputFile.names(inFolder: "\(folder)/results") == ["runs"])
    try program("echo 'ssh: no route to host' >&2; exit 255")
    let failed = try collect(from: "node7:/data/results", environment: paths)
    #expect(failed.status == 74 && failed.errors.contains("rsync ended with 255: ssh: no route to host"), "\(failed)")
    #expect(try InputFile.names(inFolder: "\(folder)/results") == ["runs"])
  }
}

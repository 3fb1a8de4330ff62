import Catalogue
import Foundation
import RunFixtures
import Runs
import TestSupport
import Testing

/// `make -n`, groups, what `make reproduce-…` says of failures, and `make why`, with tools that only note their calls.
@Suite(.temporaryFolder) struct MakePipelineTests {
  private let workspace: MakeWorkspace
  init() throws { workspace = try MakeWorkspace() }

  private static let tiny = "tiny-listops-s4d-lin/smoke/seed-1"
  private static let tinyFile = "Sources/Catalogue/Experiments/tiny/tiny-listops-s4d-lin.yaml"

  /// The runs that `make -n` would train.
  private func dry(_ arguments: String...) throws -> [String] {
    let before = try workspace.snapshot()
    let (result, calls) = try workspace.make(["-n"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    #expect(calls == [], "make -n runs no tool")
    #expect(try workspace.snapshot() == before, "make -n leaves every file as it was")
    return result.output.split(separator: "\n").filter { $0.hasPrefix("tools/train-model ") }.map { String($0.dropFirst("tools/".count)) }
      .trained
  }

  @Test("make -n shows every run of a group and a single one, and touches nothing") func dryRun() throws {
    #expect(try dry("run", "EXPERIMENT=tiny-listops-s4d-lin", "PRESET=smoke") == [Self.tiny])
    let image = try dry("reproduce-lra", "PRESET=smoke", "TASKS=image", "SEEDS=2", "-j4")
    #expect(image.contains("tfb-lra-image/smoke/seed-2") && image.allSatisfy { $0.contains("-lra-image") })
    #expect(try dry("quickstart").count == 5)
  }

  @Test("make -n foresees that a comment retrains nothing and a value only its experiment, and so it is") func dryRunAfterEdit() throws {
    _ = try workspace.make("quickstart")
    #expect(try dry("quickstart") == [])
    try workspace.edit(Self.tinyFile, replacing: "title:", by: "# another comment\ntitle:")
    #expect(try dry("quickstart") == [])
    try workspace.touch("tools/.built")
    #expect(try dry("quickstart") == [], "a new build retrains nothing")
    try workspace.edit(Self.tinyFile, replacing: "stateSize: ", by: "stateSize: 1")
    #expect(try dry("quickstart") == [Self.tiny])
    #expect(try workspace.make("quickstart").calls.trained == [Self.tiny])
    #expect(try dry("quickstart") == [])
  }

  @Test("an unknown group is an error that names the groups, with and without -n") func unknownGroup() throws {
    for option in ["-j1", "-n"] {
      try workspace.refuse(option, "reproduce-wave", because: "there is no group 'wave'", "denoising", "waves")
    }
  }

  @Test("reproduce-all is every group of the catalogue but our own test runs") func everything() throws {
    let runs = try dry("reproduce-all", "PRESET=smoke", "SEEDS=1")
    for name in ["lra", "waves", "denoising", "scifar", "delay", "speech-commands", "bidmc", "ablation"] {
      #expect(runs.contains { $0.contains("-\(name)") }, "\(name)")
    }
    #expect(!runs.contains { $0.hasPrefix("tiny") })
  }

  @Test("after failures the other runs go on, tables follow, and the end names what failed, why, and where the log is") func failures()
    throws
  {
    try "listops".write(toFile: "\(workspace.folder)/fail-containing", atomically: true, encoding: .utf8)
    let (result, calls) = try workspace.make("reproduce-lra", "PRESET=smoke", "TASKS=image listops", "SEEDS=1")
    #expect(result.status != 0)
    #expect(calls.trained.contains("tfb-lra-image/smoke/seed-1"), "\(calls)")
    #expect(calls.contains { $0.hasPrefix("make-tables") })
    #expect(result.errors.contains("are not:"), "\(result.errors)")
    #expect(result.errors.contains("  dfout-lra-listops-s4d-lin/smoke/seed-1\n"), "\(result.errors)")
    #expect(
      result.errors.contains("why: prepare-lra preprocess: it was told to fail (a test: of a test; exit code 75)"), "\(result.errors)")
  }

  @Test("the campaign trains in its order what is not shipped, goes on after failures, and ends with what is left") func campaign() throws {
    try """
    hope: {title: a test, preset: smoke, seeds: [2], experiments: [tiny-listops-hope]}
    others: {title: another test, preset: smoke, seeds: [1], experiments: [tiny-listops-*]}
    """.write(toFile: "\(workspace.folder)/Sources/Catalogue/Experiments/campaign.yaml", atomically: true, encoding: .utf8)
    let shipped = try ExperimentCatalogue.shared().resolve(id: "tiny-listops-tfb", preset: .smoke)
    try RunSummary.fixture(shipped, seed: 1).write(results: "\(workspace.folder)/results", origin: .shipped)
    try FileManager.default.createDirectory(atPath: "\(workspace.folder)/docs", withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      atPath: "\(Fixtures.repository)/docs/step-times.csv", toPath: "\(workspace.folder)/docs/step-times.csv")
    #expect(try dry("campaign", "TASKS=hope") == ["tiny-listops-hope/smoke/seed-2"])
    try "listops-dfout".write(toFile: "\(workspace.folder)/fail-containing", atomically: true, encoding: .utf8)
    let (result, calls) = try workspace.make("campaign", "PRESET=paper")
    let trained = calls.filter { $0.hasPrefix("train-model") }.compactMap { $0.firstMatch(of: /runs\/(\S+)/)?.1 }
    #expect(
      trained == [
        "tiny-listops-hope/smoke/seed-2", "tiny-listops-dfout/smoke/seed-1", "tiny-listops-hope/smoke/seed-1",
        "tiny-listops-s4d-lin/smoke/seed-1",
      ])
    #expect(result.status != 0 && result.errors.contains("campaign: 3 of 4 runs are finished, 1 is not:"), "\(result.errors)")
    #expect(result.output.contains(/\sothers +smoke +4 +1 +2 +1\s/), "\(result.output)")
    try workspace.remove("fail-containing")
    let rest = try workspace.make("campaign")
    #expect(rest.result.status == 0 && rest.calls.trained == ["tiny-listops-dfout/smoke/seed-1"], "\(rest)")
    #expect(rest.result.output.contains("campaign: every run is shipped or finished"), "\(rest.result.output)")
    #expect(try workspace.make("plan", "CAMPAIGN=1").result.output.contains(/\stotal +5 +1 +4 +0\s/))
    try workspace.refuse("campaign", "SEEDS=1", because: "the campaign has seeds of its own")
  }

  @Test("runs at a time times threads are never more than the cores", arguments: ["-j", "-j8", "JOBS=8"])
  func oversubscription(jobs: String) throws {
    func call(_ more: String...) throws -> String {
      let (result, _) = try workspace.make(["-n", "run", "EXPERIMENT=tiny-listops-s4d-lin", "CORES=4", jobs] + more)
      return String(result.output.split(separator: "\n").first { $0.contains("scripts/follow.sh") } ?? "no line in \(result)")
    }
    let (free, fixed) = (try call(), try call("THREADS=2"))
    #expect(free.contains("scripts/follow.sh make 4 1 "))
    #expect(fixed.contains("scripts/follow.sh make 2 2 "))
  }

  @Test("why names what has changed") func why() throws {
    func why(_ target: String) throws -> String {
      let (result, calls) = try workspace.make("why", "TARGET=\(target)", "PRESET=smoke")
      #expect(result.status == 0 && calls == [], "\(result.errors)")
      return result.output
    }
    #expect(try why("tiny-listops-s4d-lin").contains("it has never run"))
    #expect(try why("results/runs/\(Self.tiny)").contains("the data card is missing: data/prepared/lra/listops-generated-"))
    #expect(try why("build").contains("nothing: it is up to date"))
    try workspace.touch("Package.swift")
    #expect(try why("build").contains("Package.swift"))
    try workspace.refuse("why", because: "no target is named")
    try workspace.refuse("why", "TARGET=results/nothing/here", because: "does not know the target")
  }
}

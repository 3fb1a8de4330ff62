import Documents
import Foundation
import RunSupport
import Runs
import TestSupport
import Testing

/// Into how many runs at a time `make -j` divides the cores, and what measures it.
@Suite(.temporaryFolder) struct MakeSplitTests {
  private let workspace: MakeWorkspace
  init() throws { workspace = try MakeWorkspace() }

  /// Four cores make most as two runs.
  private func measure() throws {
    let rows = [(1, 4, 10), (2, 2, 13), (4, 1, 12)].map { "\"\(RunningProcess.processorName)\",AVX2,4,\($0.0),\($0.1),image,\($0.2)\n" }
    try AtomicFile.write(
      "processor,code,cores,runs,threads,shape,steps_per_second\n" + rows.joined(), to: workspace.folder + "/results/benchmark/splits.csv")
  }

  /// Of the trainings that Make calls, each number once.
  private func threads(_ arguments: [String]) throws -> [String] {
    let calls = try workspace.make(["PRESET=smoke", "CORES=4"] + arguments).calls
    try workspace.remove("results/runs")
    return calls.compactMap { $0.firstMatch(of: /^train-model.* --threads ([0-9]+)/).map { String($0.1) } }.unique()
  }

  @Test("-j takes the measured division, as far as there are runs for it; what the user says wins") func measured() throws {
    let group = "reproduce-tiny"
    #expect(try threads([group, "-j"]) == ["1"], "not measured: a run a core")
    try measure()
    #expect(try threads([group, "-j"]) == ["2"])
    #expect(try threads(["run", "EXPERIMENT=tiny-listops-s4d-lin", "-j"]) == ["4"], "one run has all cores")
    for given in [["-j4"], ["JOBS=4"], ["THREADS=1", "-j"], ["DEVICE=cuda", "-j"]] {
      #expect(try threads([group] + given) == ["1"], "\(given)")
    }
    #expect(try threads([group]) == ["4"], "one run at a time")
  }

  @Test("the plan says which division -j takes and why") func plan() throws {
    // Plans read the measured times that the project ships.
    try FileManager.default.createSymbolicLink(atPath: workspace.folder + "/docs", withDestinationPath: Fixtures.repository + "/docs")
    func line() throws -> String {
      let (result, _) = try workspace.make("plan", "PRESET=smoke", "CORES=4")
      return String(result.output.split(separator: "\n").first { $0.hasPrefix("make -j") } ?? "\(result)")
    }
    #expect(try line().contains("4 cores as 4 runs × 1 thread; which division") && line().contains("make calibrate"))
    try measure()
    #expect(
      try line() == "make -j divides 4 cores as 2 runs × 2 threads; measured runs an hour, relative: 1 run × 4 threads 1.00, "
        + "2 runs × 2 threads 1.30, 4 runs × 1 thread 1.20.")
    #expect(try !workspace.make("plan", "PRESET=paper", "DEVICE=cuda").result.output.contains("make -j"))
  }

  @Test("several runs at once are measured for all divisions, and a plan reads the file") func calibration() throws {
    let path = folder + "/splits.csv"
    let earlier = "processor,code,cores,runs,threads,shape,steps_per_second\nother,AVX2,2,1,2,small,3.000\n"
    try AtomicFile.write(earlier, to: path)
    let result = try BuiltTool.succeed(
      "benchmark", ["splits", "--cores", "2", "--shapes", "small", "--seconds", "0.5", "--output", path])
    #expect(result.output.contains(/small,1,2,[0-9.]+\nsmall,2,1,[0-9.]+\n/), "\(result)")
    let rows = try CSVTable(fromFile: path, fix: "-").rows
    #expect(rows.map { $0[2...5].joined(separator: " ") } == ["2 1 2 small", "2 2 1 small", "2 1 2 small"] && rows[2][0] == "other")
    #expect(rows.allSatisfy { Double($0[6]) ?? 0 > 0 })
    let refused = try BuiltTool.run("benchmark", ["splits", "--shapes", "unknown", "--output", path])
    #expect(refused.status == 64 && refused.errors.contains("unknown"))
  }
}

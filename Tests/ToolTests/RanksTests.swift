import Foundation
import RunSupport
import TestSupport
import Testing

/// One run in several processes of `mpirun`, as `scripts/ranks.sh` starts them for `make run RANKS=…`.
@Suite(.serialized, .temporaryFolder, .enabled(if: ChildProcess.path(of: "mpirun") != nil, "OpenMPI is not installed"))
struct RanksTests {
  /// The command that trains a run in so many processes. A shell cannot catch signals that the test's own process ignores.
  private func words(_ bench: ListOpsBench, _ name: String, ranks: Int) -> [String] {
    [
      "/usr/bin/env", "--default-signal", "/bin/bash", "\(Fixtures.repository)/scripts/ranks.sh", "\(ranks)", "",
      BuiltTool.path("train-model"),
    ] + bench.arguments(name)
  }

  private func train(_ bench: ListOpsBench, _ name: String, ranks: Int) throws -> ProcessResult {
    let words = words(bench, name, ranks: ranks)
    return try ProcessResult.run(words[0], Array(words.dropFirst()))
  }

  private struct Summary: Decodable {
    var value: Double
    var testLoss: Double
    var validationLoss: Double
  }

  private func numbers(_ bench: ListOpsBench, _ name: String) throws -> [Double] {
    let summary = try JSONText.decode(Summary.self, fromFile: bench.output(name) + "/summary.json", madeBy: "the test again")
    return [summary.value, summary.testLoss, summary.validationLoss]
  }

  @Test("one, two and four processes give the same bits; a finished run is not trained again")
  func sameBits() throws {
    let bench = try ListOpsBench(epochs: 2, shards: 4)
    for count in [1, 2, 4] {
      let ended = try train(bench, "\(count)", ranks: count)
      #expect(ended.status == 0, "\(ended.errors)")
      #expect(ended.output.split(separator: "\n").count == 1, "the first process alone speaks: \(ended.output)")
    }
    for other in ["2", "4"] {
      #expect(try bench.weights("1") == bench.weights(other))
      #expect(try bench.metrics("1") == bench.metrics(other))
      #expect(try numbers(bench, "1") == numbers(bench, other))
    }
    let provenance = try String(contentsOfFile: bench.output("4") + "/provenance.json", encoding: .utf8)
    #expect(provenance.contains("\"ranks\" : 4"))
    let again = try train(bench, "4", ranks: 2)
    #expect(again.status == 0 && !again.errors.contains("epoch 1"), "\(again.errors)")
  }

  @Test(
    "stopped or killed and continued by another number of processes, the same bits come out",
    arguments: [(SIGTERM, 4, 2), (SIGKILL, 2, 1)])
  func resumed(signal: Int32, ranks: Int, next: Int) throws {
    let bench = try ListOpsBench(epochs: 8, shards: 4)
    try BuiltTool.succeed("train-model", bench.arguments("whole"))
    let cut = try RunningTool(words(bench, "cut", ranks: ranks))
    try bench.waitForEpoch("cut")
    if signal == SIGKILL {
      // One of the processes, as where memory ran out; mpirun ends the others.
      let victim = "^\(BuiltTool.path("train-model")) .*runs/cut "
      #expect(try ProcessResult.run("/usr/bin/pkill", ["-KILL", "-o", "-f", victim]).status == 0)
    } else {
      cut.send(signal)
    }
    let ended = cut.finish()
    #expect(ended.status == (signal == SIGKILL ? 137 : 75), "\(ended.errors)")
    #expect(!FileManager.default.fileExists(atPath: bench.output("cut") + "/summary.json"))
    let end = try train(bench, "cut", ranks: next)
    #expect(end.status == 0 && end.errors.contains("continuing after epoch"), "\(end.errors)")
    #expect(try bench.weights("whole") == bench.weights("cut"))
    #expect(try bench.metrics("whole") == bench.metrics("cut"))
  }

  @Test(
    "what cannot be shared is refused, by one process, with four parts",
    arguments: [(3, 4, "which 3 processes"), (2, nil, "not cut into shards")])
  func refused(ranks: Int, shards: Int?, why: String) throws {
    let bench = try ListOpsBench(epochs: 1, shards: shards)
    let ended = try train(bench, "run", ranks: ranks)
    #expect(ended.status == 78, "\(ended.errors)")
    for part in [why, "  where: ", "  fix:   "] { #expect(ended.errors.components(separatedBy: part).count == 2, "\(ended.errors)") }
  }

  @Test("another number of processes than was said is a usage error")
  func otherCount() throws {
    let bench = try ListOpsBench(epochs: 1, shards: 4)
    try BuiltTool.refuse("train-model", bench.arguments("run", ["--ranks", "2"]), status: 64, "mpirun has started 1")
  }
}

import Foundation
import RunPlanning
import RunSupport
import TestSupport
import Testing

/// How many runs at a time a machine makes, from what was measured on it.
@Suite(.temporaryFolder) struct SplitChoiceTests {
  private static func row(
    _ runs: Int, _ threads: Int, _ rate: Double, shape: String = "a", processor: String = "P", code: String = "AVX2", cores: Int = 8
  ) -> MeasuredSplit {
    MeasuredSplit(
      processor: processor, code: code, cores: cores, split: RunSplit(runs: runs, threads: threads), shape: shape, stepsPerSecond: rate)
  }

  private func choice(_ rows: [MeasuredSplit], cores: Int = 8) -> SplitChoice { SplitChoice(rows, processor: "P", cores: cores) }

  @Test(
    "threads of a run are all cores, and powers of two below",
    arguments: [(1, ["1×1"]), (2, ["1×2", "2×1"]), (6, ["1×6", "1×4", "3×2", "6×1"]), (8, ["1×8", "2×4", "4×2", "8×1"])])
  func splits(cores: Int, expected: [String]) {
    #expect(RunSplit.all(cores: cores).map { "\($0.runs)×\($0.threads)" } == expected)
  }

  @Test("the split that makes most is taken, as far as there are runs for it") func best() {
    let measured = choice([Self.row(1, 8, 10), Self.row(2, 4, 15), Self.row(4, 2, 14), Self.row(8, 1, 18)])
    #expect(measured.split(of: 100) == RunSplit(runs: 8, threads: 1) && measured.split(of: 8) == RunSplit(runs: 8, threads: 1))
    #expect(measured.split(of: 7) == RunSplit(runs: 2, threads: 4) && measured.split(of: 1) == RunSplit(runs: 1, threads: 8))
    #expect(choice([Self.row(1, 8, 10), Self.row(8, 1, 10)]).split(of: 9) == RunSplit(runs: 1, threads: 8), "with less memory")
    #expect(
      measured.text
        == "make -j divides 8 cores as 8 runs × 1 thread; measured runs an hour, relative: 1 run × 8 threads 1.00, "
        + "2 runs × 4 threads 1.50, 4 runs × 2 threads 1.40, 8 runs × 1 thread 1.80")
  }

  @Test("shapes count alike, however long their steps are; a split without one of them does not count") func shapes() {
    let rows = [
      Self.row(1, 8, 1000), Self.row(8, 1, 1100), Self.row(1, 8, 1, shape: "b"), Self.row(8, 1, 0.5, shape: "b"),
      Self.row(2, 4, 5000),
    ]
    #expect(choice(rows).split(of: 9) == RunSplit(runs: 1, threads: 8) && choice(rows).rates.count == 2)
  }

  @Test("of another machine, code or number of cores nothing counts; without measurements a run has the cores that others leave")
  func unmeasured() {
    let foreign = choice([Self.row(1, 8, 2, processor: "Q"), Self.row(1, 4, 2, cores: 4)])
    #expect(foreign.rates.isEmpty && foreign.split(of: 100) == RunSplit(runs: 8, threads: 1))
    #expect(foreign.split(of: 3) == RunSplit(runs: 3, threads: 2) && foreign.split(of: 1) == RunSplit(runs: 1, threads: 8))
    #expect(foreign.text.hasSuffix("was not measured here (make calibrate)"))
    let newest = choice([Self.row(1, 8, 2), Self.row(8, 1, 3), Self.row(8, 1, 1, code: "AVX-512"), Self.row(1, 8, 2, code: "AVX-512")])
    #expect(newest.split(of: 9) == RunSplit(runs: 8, threads: 1), "the code that was measured last comes first")
  }

  @Test("the file holds what was measured; a damaged one is refused, one that is not there says nothing") func file() throws {
    let path = folder + "/splits.csv"
    #expect(try SplitChoice(fromFile: path, processor: "P", cores: 8).rates.isEmpty)
    let rows = [Self.row(1, 8, 2.5, processor: "P, with a comma"), Self.row(8, 1, 0.125)]
    try AtomicFile.write(MeasuredSplit.document(rows), to: path)
    #expect(try MeasuredSplit.read(fromFile: path) == rows)
    let text = MeasuredSplit.document(rows)
    for (good, bad) in [("0.125", "0"), ("0.125", "inf"), (",8,1,", ",8,,"), (",8,1,", ",8,1.5,"), (",8,1,", ",-8,1,"), ("runs", "run")] {
      try AtomicFile.write(text.replacingOccurrences(of: good, with: bad), to: path)
      #expect(stageError { _ = try MeasuredSplit.read(fromFile: path) }?.code == .badData, "\(bad)")
    }
  }
}

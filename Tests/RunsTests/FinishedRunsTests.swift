import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct FinishedRunsTests {
  private func tiny() throws -> Experiment { try ExperimentCatalogue.load().resolve(id: "tiny-listops-s4d-lin", preset: .smoke) }

  @Test("own runs come before shipped ones of the same seed")
  func ownFirst() throws {
    let tiny = try tiny()
    try RunSummary.fixture(tiny, seed: 1, value: 0.25).write(results: folder)
    try RunSummary.fixture(tiny, seed: 1, value: 0.75).write(results: folder, origin: .shipped)
    try RunSummary.fixture(tiny, seed: 2, value: 0.5).write(results: folder, origin: .shipped)
    #expect(FinishedRuns(results: folder).runs(of: tiny).map(\.summary.value) == [0.25, 0.5])
    #expect(FinishedRuns(results: folder, origins: [.shipped]).runs(of: tiny).map(\.summary.value) == [0.75, 0.5])
    #expect(FinishedRuns(results: folder, origins: [.own]).runs(of: tiny).count == 1)
  }

  @Test("devices are never mixed: the one with most seeds counts, of equal ones our own engine; the others are told")
  func devices() throws {
    let tiny = try tiny()
    func write(_ seed: UInt64, _ device: String?, _ origin: FinishedRun.Origin = .own) throws {
      var summary = RunSummary.fixture(tiny, seed: seed, value: device == nil ? 0.25 : 0.75)
      summary.device = device
      try summary.write(results: folder, origin: origin)
    }
    func found() -> (counted: [Double], others: [UInt64]) {
      let runs = FinishedRuns(results: folder)
      return (runs.runs(of: tiny).map(\.summary.value), runs.otherDeviceRuns(of: tiny).map(\.summary.seed))
    }
    try write(1, nil)
    try write(2, "cuda, NVIDIA H100, tf32")
    #expect(found() == ([0.25], [2]))
    try write(1, "cuda, NVIDIA H100, tf32", .shipped)
    #expect(found() == ([0.75, 0.75], [1]), "the shipped run of a seed counts where the own one is of another device")
  }

  @Test("runs that were moved aside and runs on stand-ins do not count")
  func ignored() throws {
    let tiny = try tiny()
    var standIn = RunSummary.fixture(tiny, seed: 1)
    standIn.standIn = true
    try standIn.write(results: folder)
    let aside = try JSONText.encode(RunSummary.fixture(tiny, seed: 2))
    try AtomicFile.write(aside, to: "\(folder)/runs/\(tiny.id)/smoke/seed-2.replaced-0123/summary.json")
    #expect(FinishedRuns(results: folder).runs(of: tiny).isEmpty)
  }

  @Test("a summary in another run's folder, or one that cannot be read, is passed over with a reason; the others count")
  func badSummaries() throws {
    let tiny = try tiny()
    let runsFolder = "\(folder)/runs/\(tiny.id)/smoke"
    try AtomicFile.write(try JSONText.encode(RunSummary.fixture(tiny, seed: 1)), to: "\(runsFolder)/seed-2/summary.json")
    try AtomicFile.write("{}", to: "\(runsFolder)/seed-3/summary.json")
    try RunSummary.fixture(tiny, seed: 4).write(results: folder)
    let runs = FinishedRuns(results: folder)
    #expect(runs.problems.map(\.location) == ["\(runsFolder)/seed-2", "\(runsFolder)/seed-3/summary.json"])
    #expect(runs.problems.map(\.why) == ["its summary says tiny-listops-s4d-lin/smoke/seed-1", "key experiment is missing"])
    #expect(runs.runs(of: tiny).map(\.summary.seed) == [4])
  }

  @Test("runs of another configuration do not count, and hide no shipped run of the right one")
  func otherConfiguration() throws {
    let tiny = try tiny()
    var other = tiny.configuration
    other.training.epochs += 1
    try RunSummary.fixture(tiny, seed: 1).write(results: folder, configuration: other)
    try RunSummary.fixture(tiny, seed: 1, value: 0.75).write(results: folder, origin: .shipped)
    try RunSummary.fixture(tiny, seed: 2).write(results: folder)
    try FileManager.default.removeItem(atPath: "\(folder)/runs/\(tiny.id)/smoke/seed-2/configuration.json")
    let runs = FinishedRuns(results: folder)
    #expect(runs.runs(of: tiny).map(\.summary.value) == [0.75])
    #expect(runs.outdatedRuns(of: tiny).map(\.summary.seed) == [1, 2])
  }

  @Test("what the system does not give is no fault of a run, and told apart", arguments: ["summary", "configuration"])
  func unreadable(name: String) throws {
    let tiny = try tiny()
    try RunSummary.fixture(tiny, seed: 1).write(results: folder)
    let path = "\(folder)/runs/\(tiny.id)/smoke/seed-1/\(name).json"
    try FileManager.default.removeItem(atPath: path)
    // Nothing can be read at the beginning of this one.
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "/proc/self/mem")
    #expect(FinishedRuns(results: folder).problems.map(\.code) == [.inputOutput])
  }

  /// Writes a run whose summary names the hash of its one table.
  private func writeHashed(seed: UInt64, origin: FinishedRun.Origin = .own) throws -> String {
    var summary = RunSummary.fixture(try tiny(), seed: seed)
    try summary.write(results: folder, origin: origin)
    let run = "\(folder)/\(origin.folder)/tiny-listops-s4d-lin/smoke/seed-\(seed)"
    try AtomicFile.write("epoch\n1\n", to: "\(run)/metrics.csv")
    summary.files = try ["configuration.json", "metrics.csv"].reduce(into: [:]) { $0[$1] = try FileHash.hex(ofFile: "\(run)/\($1)") }
    summary.files?["checkpoints/best-epoch-0001.safetensors"] = "weights that nobody has here"
    try AtomicFile.write(try summary.text(), to: "\(run)/summary.json")
    return run
  }

  private func change(_ old: String, _ new: String, in path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(old))
    try AtomicFile.write(text.replacingOccurrences(of: old, with: new), to: path)
  }

  @Test(
    "a changed digit is noticed, whichever file it is in",
    arguments: [
      ("summary.json", "\"value\" : 0.5,", "\"value\" : 0.6,"), ("summary.json", "\"seed\" : 1", "\"seed\" :  1"),
      ("metrics.csv", "1", "2"), ("configuration.json", "1", "2"),
    ])
  func changedFiles(name: String, old: String, new: String) throws {
    let run = try writeHashed(seed: 1)
    #expect(FinishedRuns(results: folder, checkingFilesOf: [.smoke]).problems.isEmpty)
    try change(old, new, in: "\(run)/\(name)")
    let runs = FinishedRuns(results: folder, checkingFilesOf: [.smoke])
    #expect(runs.problems.map(\.what) == ["\(run)/\(name) is not the file that the run wrote"])
    #expect(runs.runs(of: try tiny()).isEmpty)
    // Other presets' files are not read.
    #expect(FinishedRuns(results: folder, checkingFilesOf: [.paper]).problems.count == (name == "summary.json" ? 1 : 0))
  }

  @Test("a table that joined a finished run later has its hash beside it; elsewhere it is alone")
  func addedTable() throws {
    let run = try writeHashed(seed: 1)
    try RunSummary.add("size\n0.1\n", to: "\(run)/perturbation.csv")
    #expect(FinishedRuns(results: folder, checkingFilesOf: [.smoke]).problems.isEmpty)
    try change("0.1", "0.2", in: "\(run)/perturbation.csv")
    #expect(FinishedRuns(results: folder, checkingFilesOf: [.smoke]).problems.map(\.location) == ["\(run)/perturbation.csv"])
    try FileManager.default.removeItem(atPath: "\(run)/perturbation.csv")
    #expect(FinishedRuns(results: folder, checkingFilesOf: [.smoke]).problems.isEmpty, "it may be made again")
    try RunSummary.add("size\n0.2\n", to: "\(run)/perturbation.csv")
    #expect(FinishedRuns(results: folder, checkingFilesOf: [.smoke]).problems.isEmpty)
    try RunSummary.add("size\n", to: "\(folder)/alone/perturbation.csv")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/alone") == ["perturbation.csv"])
  }

  @Test("an own run lacks no file, a shipped one may; runs of earlier versions are read and counted")
  func missingFiles() throws {
    for origin in FinishedRun.Origin.allCases {
      let run = try writeHashed(seed: 1, origin: origin)
      try FileManager.default.removeItem(atPath: "\(run)/metrics.csv")
    }
    try RunSummary.fixture(try tiny(), seed: 2).write(results: folder)
    let runs = FinishedRuns(results: folder, checkingFilesOf: [.smoke])
    #expect(runs.problems.map(\.location) == ["\(folder)/runs/tiny-listops-s4d-lin/smoke/seed-1/metrics.csv"])
    #expect(runs.runs(of: try tiny()).map(\.origin) == [.shipped, .own])
    #expect(runs.unhashedCount(.smoke) == 1 && runs.unhashedCount(.paper) == 0)
  }

  @Test("no results at all are no runs")
  func empty() throws {
    #expect(FinishedRuns(results: "/nowhere").runs(of: try tiny()).isEmpty)
  }
}

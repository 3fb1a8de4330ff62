import Catalogue
import Foundation
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct ShipmentTests {
  private static let kernels = TableExcerpt([KernelColumn.layer, .lag, .trained], where: [.direction: 1..<2, .lag: 0..<256])
  private static let path = "tiny-listops-s4d-lin/smoke/seed-1"

  private func tiny() throws -> Experiment { try ExperimentCatalogue.load().resolve(id: "tiny-listops-s4d-lin", preset: .smoke) }

  private var shipped: String { "\(folder)/shipped/\(Self.path)" }

  /// What becomes of the run with seed 1, or with another one.
  @discardableResult
  private func ship(_ path: String = Self.path, excerpts: [TableExcerpt] = [Self.kernels], from source: String? = nil) throws -> Shipment
    .Outcome?
  {
    var outcomes: [String: Shipment.Outcome] = [:]
    let analytic = AnalyticShipment(results: folder, inputs: "\(folder)/inputs.sha256")
    try Shipment(ExperimentCatalogue.load(), results: folder, from: source) { _ in excerpts }.ship([.smoke], analytic: analytic) {
      outcomes[$0.path] = $0.outcome
    }
    return outcomes[path]
  }

  private func change(_ old: String, _ new: String, in path: String) throws {
    let text = try String(contentsOfFile: path, encoding: .utf8)
    #expect(text.contains(old))
    try AtomicFile.write(text.replacingOccurrences(of: old, with: new), to: path)
  }

  private func text(_ name: String) throws -> String { try String(contentsOfFile: "\(shipped)/\(name)", encoding: .utf8) }

  @Test("files of the allow-list are shipped, large tables as excerpts, and what follows is a list that sha256sum reads") func content()
    throws
  {
    let own = try FinishedRunFixture(tiny(), seed: 1).write(results: folder)
    #expect(try ship() == .added)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: shipped).sorted()
        == ["configuration.json", "kernels.csv", "metrics.csv", "provenance.json", "ranks.csv", "summary.json"])
    #expect(try text("kernels.csv") == "layer,direction,lag,trained\n1,1,0,0.25\n")
    #expect(FileManager.default.contentsEqual(atPath: "\(own)/summary.json", andPath: "\(shipped)/summary.json"))
    let runs = FinishedRuns(results: folder, origins: [.shipped], checkingFilesOf: [.smoke])
    #expect(try runs.problems.isEmpty && runs.runs(of: tiny()).count == 1)
    let check = try ChildProcess(
      "/usr/bin/env", ["-C", "\(folder)/shipped", "sha256sum", "--check", "--strict", "SHA256SUMS"], output: .captured, errors: .captured)
    #expect(check.status == 0 && String(decoding: check.output, as: UTF8.self).split(separator: "\n").count == 6)
    try ShippedFiles(results: folder).check()
    let before = FileManager.default.contents(atPath: "\(folder)/shipped/SHA256SUMS")
    #expect(try ship() == .unchanged && FileManager.default.contents(atPath: "\(folder)/shipped/SHA256SUMS") == before)
  }

  @Test("runs of another clone are shipped into this one") func otherClone() throws {
    try FinishedRunFixture(tiny(), seed: 1).write(results: "\(folder)/other")
    #expect(try ship() == nil)
    #expect(try ship(from: "\(folder)/other") == .added && FileManager.default.fileExists(atPath: "\(shipped)/summary.json"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/other/shipped"))
  }

  @Test("a run that is no evidence is left out with the reason")
  func leftOut() throws {
    let tiny = try tiny()
    func reason(seed: UInt64 = 1, _ change: (inout FinishedRunFixture) -> Void, then: (String) throws -> Void = { _ in }) throws -> String {
      var fixture = FinishedRunFixture(tiny, seed: seed)
      change(&fixture)
      let own = try fixture.write(results: folder)
      try then(own)
      let outcome = try ship("tiny-listops-s4d-lin/smoke/seed-\(seed)")
      guard case .leftOut(let why) = outcome else { return "\(String(describing: outcome))" }
      return why
    }
    #expect(try reason { $0.summary.dirty = true }.contains("uncommitted"))
    #expect(try reason { $0.summary.standIn = true }.contains("another task"))
    #expect(try reason { $0.isForced = true }.contains("by force"))
    #expect(try reason { $0.summary.revision = "unknown" }.contains("revision"))
    #expect(try reason(seed: 100) { _ in }.contains("pilots"))
    #expect(try reason({ _ in }, then: { try change("12", "13", in: "\($0)/ranks.csv") }).contains("ranks.csv is not the file"))
    #expect(try reason({ _ in }, then: { try FileManager.default.removeItem(atPath: "\($0)/metrics.csv") }).contains("metrics.csv"))
    let old = RunSummary.fixture(tiny, seed: 1)
    #expect(try reason({ _ in }, then: { try AtomicFile.write(try old.text(), to: "\($0)/summary.json") }).contains("no hashes"))
    let large = "layer,channel,states,initial_rank,trained_rank\n" + String(repeating: "1,1,64,16,12\n", count: 8000)
    #expect(try reason { $0.tables["ranks.csv"] = large }.contains("the largest is ranks.csv"))
    var other = tiny.configuration
    other.training.epochs += 1
    try FinishedRunFixture(tiny, seed: 1).write(results: folder, configuration: other)
    #expect(try ship() == .leftOut("it is of another configuration than the catalogue's"))
    #expect(!FileManager.default.fileExists(atPath: "\(folder)/shipped"))
  }

  @Test("a shipped run gives way to a newer one of its configuration alone; a table that joins it is added") func replacing() throws {
    let tiny = try tiny()
    var run = FinishedRunFixture(tiny, seed: 1)
    let own = try run.write(results: folder)
    #expect(try ship() == .added)
    try RunSummary.add("size,weights\n0.1,abc\n", to: "\(own)/perturbation.csv")
    #expect(try ship() == .updated)
    #expect(try text("perturbation.csv.sha256").hasSuffix("  perturbation.csv\n"))
    #expect(try ship(excerpts: []) == .updated, "figures read less")
    run.summary.value = 0.75
    run.finishedAt = "2025-01-02T03:04:05Z"
    try run.write(results: folder)
    #expect(try ship()?.text.contains("the shipped one is newer") == true)
    run.finishedAt = "2027-01-02T03:04:05Z"
    try run.write(results: folder)
    #expect(try ship()?.text.hasPrefix("replaced, finished 2026-01-02T03:04:05Z, the new one 2027") == true)
    #expect(try text("summary.json").contains("0.75"))
    var other = tiny.configuration
    other.training.epochs += 1
    try AtomicFile.write(try JSONText.encode(other), to: "\(shipped)/configuration.json")
    try ShippedFiles(results: folder).writeList()
    run.summary.value = 0.8
    try run.write(results: folder)
    #expect(try ship()?.text.contains("of another configuration; delete") == true)
  }

  @Test("a shipped file that differs, is missing or was added is named, and the list never blesses it")
  func guarded() throws {
    let own = try FinishedRunFixture(tiny(), seed: 1).write(results: folder)
    try ship()
    let manager = FileManager.default
    func refusal() -> StageError? { #expect(throws: StageError.self) { try ShippedFiles(results: folder).check() } }
    try change("0.15", "0.25", in: "\(shipped)/metrics.csv")
    #expect(refusal()?.location == "\(shipped)/metrics.csv" && refusal()?.code == .badData)
    #expect(try ship() == .updated, "the run is here: its files are restored")
    try ShippedFiles(results: folder).check()
    try manager.moveItem(atPath: own, toPath: "\(folder)/aside")
    try change("0.15", "0.25", in: "\(shipped)/metrics.csv")
    let error = #expect(throws: StageError.self) { try ship() }
    #expect(error?.location == "\(shipped)/metrics.csv")
    try change("0.25", "0.15", in: "\(shipped)/metrics.csv")
    try AtomicFile.write("1", to: "\(shipped)/extra.csv")
    #expect(refusal()?.why.contains("not in") == true)
    try manager.removeItem(atPath: "\(shipped)/extra.csv")
    try manager.moveItem(atPath: "\(shipped)/ranks.csv", toPath: "\(folder)/ranks.csv")
    #expect(refusal()?.why.contains("missing") == true)
    #expect(throws: StageError.self) { try ship() }
    try manager.removeItem(atPath: shipped)
    #expect(try ship() == .removed, "who deletes the folder means it")
    try ShippedFiles(results: folder).check()
  }

  @Test("tables without training are shipped with the hashes of what they were made from, if these are not newer") func analytic() throws {
    func write(_ name: String, _ text: String, _ seconds: Double) throws {
      try AtomicFile.write(text, to: "\(folder)/\(name)")
      let time = Date(timeIntervalSince1970: seconds)
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: "\(folder)/\(name)")
    }
    try write("analytic/a.csv", "x\n1\n", 1)
    try write("analytic/delay-limits-smoke.csv", "x\n2\n", 3)
    try write("analytic/.done", "results/analytic/a.csv\n", 3)
    try write("inputs.sha256", "00  Sources/A.swift\n11  \(folder)/data/prepared/lra/card.json\n", 2)
    #expect(try ship("analytic/a.csv") == .added)
    #expect(
      try String(contentsOfFile: "\(folder)/shipped/analytic/inputs.sha256", encoding: .utf8)
        == "00  Sources/A.swift\n11  data/prepared/lra/card.json\n")
    #expect(try ship("analytic/delay-limits-smoke.csv") == .unchanged)
    try write("inputs.sha256", "22  Sources/A.swift\n", 4)
    #expect(try ship("analytic/a.csv")?.text.contains("other code or data") == true)
    #expect(try String(contentsOfFile: "\(folder)/shipped/analytic/inputs.sha256", encoding: .utf8).hasPrefix("00"), "they belong together")
    try ShippedFiles(results: folder).check()
  }

  @Test("of each group some members are kept, at equal distances, and of these all") func sampling() throws {
    let rows = (0..<2).flatMap { layer in (0..<8).flatMap { channel in (0..<4).map { "\(layer),\(channel),\($0),0.5,0.25,1" } } }
    var run = FinishedRunFixture(try tiny(), seed: 1)
    run.tables["modes.csv"] = (["layer,channel,mode,real,imaginary,score"] + rows).joined(separator: "\n") + "\n"
    try run.write(results: folder)
    let excerpt = TableExcerpt([ModeColumn.real, .imaginary, .score], atMost: 9, ofEach: .layer, by: .channel)
    try ship(excerpts: [excerpt])
    let lines = try text("modes.csv").split(separator: "\n")
    #expect(lines.count == 1 + 2 * 2 * 4 && lines[0] == "layer,channel,real,imaginary,score" && lines[5].hasPrefix("0,4,"))
    let own = try FinishedRun(path: Self.path, origin: .own, results: folder)
    let other = try FinishedRun(path: Self.path, origin: .shipped, results: folder)
    let columns = [ModeColumn.layer, .channel, .real]
    #expect(try own.rows(columns, in: excerpt)?.count == 16)
    #expect(try own.rows(columns, in: excerpt)?.description == other.rows(columns, in: excerpt)?.description)
  }
}

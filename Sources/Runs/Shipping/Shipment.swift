import Catalogue
import Foundation
import RunSupport

/// What `make ship` does: finished, clean runs and the tables that need no training go into the repository, and the list of hashes follows.
package struct Shipment {
  /// Most bytes of all that is shipped.
  package static let largestSize = 15_000_000

  package enum Outcome: Equatable, Sendable {
    case added, unchanged
    /// The same run with other files: a table has joined it, or figures read more of one.
    case updated
    /// By a newer run of the same configuration.
    case replaced(String)
    case leftOut(String)
    /// Its folder was deleted by hand.
    case removed

    package var text: String {
      switch self {
      case .added: "shipped"
      case .unchanged: "unchanged"
      case .updated: "updated, the same run"
      case .replaced(let how): "replaced, \(how)"
      case .leftOut(let why): "left out: \(why)"
      case .removed: "no longer shipped, its folder is gone"
      }
    }
  }

  package struct Line: Equatable, Sendable {
    /// Below `runs` and `shipped`.
    package let path: String
    package let outcome: Outcome
  }

  private let catalogue: ExperimentCatalogue
  /// The folder with `shipped`.
  private let results: String
  /// The folder with `runs`.
  private let source: String
  private let excerpts: (Experiment) -> [TableExcerpt]
  private let files: ShippedFiles

  /// - Parameters:
  ///   - results: the folder with `shipped`.
  ///   - source: the folder with `runs`, such as that of another clone; `results` if nil.
  ///   - excerpts: what figures and claims read of the large tables of a run.
  package init(
    _ catalogue: ExperimentCatalogue, results: String, from source: String? = nil, excerpts: @escaping (Experiment) -> [TableExcerpt]
  ) {
    (self.catalogue, self.results, self.source, self.excerpts) = (catalogue, results, source ?? results, excerpts)
    files = ShippedFiles(results: results)
  }

  /// Ships the analytic tables, then the runs of some presets, and writes the list of hashes last.
  ///
  /// - Parameter note: called for each table and run as it is decided.
  /// - Throws: `StageError`: `badData` if a shipped file that nothing here can make again is not what the list says; then the list stays as it
  ///   is. `inputOutput`.
  package func ship(_ presets: Set<Preset>, analytic: AnalyticShipment, note: (Line) -> Void) throws {
    let problems = try files.problems()
    var sound: Set<String> = []
    func tell(_ line: Line) {
      if !line.outcome.isLeftOut { sound.insert(line.path) }
      note(line)
    }
    try analytic.ship(to: files.folder).forEach(tell)
    var size = try files.byteCount()
    let runs = FinishedRuns(results: source, origins: [.own])
    if let failure = runs.problems.first(where: { $0.code == .inputOutput }) { throw failure }
    for problem in runs.problems { tell(Line(path: problem.location, outcome: .leftOut(problem.what))) }
    for run in runs.runs where presets.contains(run.summary.preset) {
      tell(Line(path: run.path, outcome: try outcome(of: run, size: &size)))
    }
    for folder in problems.map(\.folder).unique() where !FileManager.default.fileExists(atPath: "\(files.folder)/\(folder)") {
      tell(Line(path: folder, outcome: .removed))
    }
    if let problem = problems.first(where: { !sound.contains($0.folder) && !sound.contains($0.path) }) { throw problem.error }
    try files.writeList()
  }

  private func outcome(of run: FinishedRun, size: inout Int) throws -> Outcome {
    do {
      if let reason = try reasonAgainst(run) { return .leftOut(reason) }
      let experiment = try catalogue.resolve(id: run.summary.experiment, preset: run.summary.preset)
      let shipped = try ShippedRun(run, excerpts: excerpts(experiment))
      return try put(shipped, of: run, size: &size)
    } catch let error as StageError where error.code == .badData {
      return .leftOut("\(error.what): \(error.why)")
    }
  }

  private func put(_ shipped: ShippedRun, of run: FinishedRun, size: inout Int) throws -> Outcome {
    let folder = "\(files.folder)/\(run.path)"
    let exists = FileManager.default.fileExists(atPath: folder)
    if exists, try shipped.isEqual(toFolder: folder) { return .unchanged }
    let outcome = exists ? try outcome(of: run, overFolder: folder) : .added
    if case .leftOut = outcome { return outcome }
    let old = try exists ? ShippedFiles.byteCount(ofFolder: folder) : 0
    guard size - old + shipped.byteCount <= Self.largestSize else {
      return .leftOut("all that is shipped would have more than \(ByteCount.text(Double(Self.largestSize)))")
    }
    try shipped.write(to: folder)
    size += shipped.byteCount - old
    return outcome
  }

  /// What becomes of a shipped run at whose place another one, or the same with other files, has been made.
  private func outcome(of run: FinishedRun, overFolder folder: String) throws -> Outcome {
    let old: FinishedRun
    do {
      old = try FinishedRun(path: run.path, origin: .shipped, results: results)
    } catch let error as StageError where error.code != .inputOutput {
      return .replaced("the shipped one cannot be read: \(error.what)")
    }
    if old.summary == run.summary { return .updated }
    guard old.configuration == run.configuration else {
      return .leftOut("the shipped one is of another configuration; delete \(folder) to ship this one")
    }
    let (then, now) = (try finishTime(old), try finishTime(run))
    guard now > then else { return .leftOut("the shipped one is newer: finished \(then), this one \(now)") }
    return .replaced("finished \(then), the new one \(now), of the same configuration")
  }

  /// `2026-11-26T15:53:59Z`, whose order is that of time.
  private func finishTime(_ run: FinishedRun) throws -> String { try provenance(run).finishedAt ?? "" }

  private func provenance(_ run: FinishedRun) throws -> Provenance {
    try JSONText.decode(Provenance.self, fromFile: "\(run.directory)/provenance.json", madeBy: "make run")
  }

  /// Why a run is no evidence; nil if it is.
  private func reasonAgainst(_ run: FinishedRun) throws -> String? {
    let summary = run.summary
    if summary.seed >= Campaign.firstPilotSeed { return "seeds from \(Campaign.firstPilotSeed) on are for pilots" }
    if summary.standIn { return "it was trained on data of another task" }
    guard let experiment = try? catalogue.resolve(id: summary.experiment, preset: summary.preset) else {
      return "the catalogue has no such experiment"
    }
    if experiment.provesPathOnly { return "its data only prove that the path works" }
    if run.configuration != experiment.configuration { return "it is of another configuration than the catalogue's" }
    if summary.dirty { return "uncommitted code made it" }
    if summary.revision == CodeRevision.unknown { return "the revision of its code is unknown" }
    if summary.files == nil { return "an earlier version made it, which noted no hashes of its files" }
    try summary.checkFiles(in: run.directory)
    try RunSummary.checkAddedTable(in: run.directory)
    let provenance = try provenance(run)
    if provenance.sittings.contains(where: \.forced) { return "it was continued by force with other code or libraries" }
    if provenance.sittings.contains(where: \.code.isDirty) { return "uncommitted code made a part of it" }
    return nil
  }
}

extension Shipment.Outcome {
  package var isLeftOut: Bool { if case .leftOut = self { true } else { false } }
}

extension ShippedFiles.Problem {
  /// That of its run.
  fileprivate var folder: String { (path as NSString).deletingLastPathComponent }
}

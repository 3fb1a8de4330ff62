import Catalogue
import Foundation
import RunSupport

/// What `make collect` does: finished runs that were made elsewhere join those made here. Each is checked, and none is overwritten.
package struct RunCollection {
  package enum Outcome: Equatable, Sendable {
    /// With the folder to which an unfinished run in its place was moved.
    case collected(moved: String?)
    /// The run is here already.
    case sameBits
    /// Another result of the same run is here.
    case differs(String, hasSameFingerprint: Bool)
    case unfinished
    case leftOut(String)
    /// It is not what the run wrote.
    case damaged(String)

    package var text: String {
      switch self {
      case .collected(let moved): word + (moved.map { "; the unfinished run here is now in \($0)" } ?? "")
      case .differs(let difference, _): "\(word): \(difference)"
      case .leftOut(let why), .damaged(let why): "\(word): \(why)"
      case .sameBits, .unfinished: word
      }
    }

    /// What is counted.
    package var word: String {
      switch self {
      case .collected: "collected"
      case .sameBits: "here already, same bits"
      case .differs(_, true): "here already, other bits under the same numeric fingerprint"
      case .differs(_, false): "here already, differs, under another numeric fingerprint"
      case .unfinished: "unfinished there, left alone"
      case .leftOut: "left out"
      case .damaged: "damaged"
      }
    }

    /// Whether something is wrong with a run.
    package var isFailure: Bool {
      switch self {
      case .damaged: true
      case .differs(_, let hasSameFingerprint): hasSameFingerprint
      case .collected, .sameBits, .unfinished, .leftOut: false
      }
    }
  }

  package struct Line: Equatable, Sendable {
    /// Below `runs`.
    package let path: String
    package let outcome: Outcome
  }

  private let catalogue: ExperimentCatalogue
  private let results: String
  private let source: String
  private let isDry: Bool

  /// - Parameters:
  ///   - results: the folder with `runs`.
  ///   - source: the same folder of another clone, or the clone.
  ///   - isDry: only say what would be done.
  package init(_ catalogue: ExperimentCatalogue, results: String, from source: String, isDry: Bool) {
    (self.catalogue, self.results, self.isDry) = (catalogue, results, isDry)
    let isClone =
      !FileManager.default.fileExists(atPath: "\(source)/runs") && FileManager.default.fileExists(atPath: "\(source)/results/runs")
    self.source = isClone ? "\(source)/results" : source
  }

  /// Collects the runs, in the order of their paths.
  ///
  /// - Parameters:
  ///   - run: only this one, by its path below `runs`.
  ///   - note: called for each run as it is decided.
  /// - Throws: `StageError`: `missingInput` if there are no runs, or not this one; `inputOutput`.
  package func collect(only run: String? = nil, note: (Line) -> Void) throws {
    let paths = try FinishedRuns.paths(below: "\(source)/runs").filter { run == nil || $0 == run }
    guard !paths.isEmpty else {
      throw StageError(
        .missingInput, run.map { "there is no run \($0)" } ?? "there are no runs", where: "\(source)/runs",
        why: "no folder there is one", fix: "name the folder results of another clone, and a run as tiny-listops-hope/smoke/seed-1")
    }
    for path in paths { note(Line(path: path, outcome: try outcome(of: path))) }
  }

  private func outcome(of path: String) throws -> Outcome {
    guard FileManager.default.fileExists(atPath: RunDirectory(path: "\(source)/runs/\(path)").summary) else { return .unfinished }
    do {
      let run = try FinishedRun(path: path, origin: .own, results: source)
      if let reason = reasonAgainst(run) { return .leftOut(reason) }
      try run.checkWhole(in: run.directory)
      return try put(run)
    } catch let error as StageError where [.badData, .missingInput].contains(error.code) {
      return .damaged("\(error.what) (\(error.why))")
    }
  }

  /// Why a run does not belong here; nil if it does.
  private func reasonAgainst(_ run: FinishedRun) -> String? {
    guard let experiment = try? catalogue.resolve(id: run.summary.experiment, preset: run.summary.preset) else {
      return "the catalogue here has no such experiment"
    }
    if run.configuration != experiment.configuration { return "it is of another configuration than the catalogue's here" }
    return run.summary.files == nil ? "an earlier version made it, which noted no hashes of its files" : nil
  }

  private func put(_ run: FinishedRun) throws -> Outcome {
    let directory = RunDirectory(path: "\(results)/runs/\(run.path)")
    if FileManager.default.fileExists(atPath: directory.summary) { return try comparison(with: run) }
    if isDry { return .collected(moved: nil) }
    do {
      let lease = try directory.lease()
      defer { withExtendedLifetime(lease) {} }
      // It may have been finished in between.
      if FileManager.default.fileExists(atPath: directory.summary) { return try comparison(with: run) }
      return .collected(moved: try copy(run, to: directory.path))
    } catch let error as StageError where error.code == .retryLater {
      return .leftOut("a process trains it here now (\(error.why))")
    }
  }

  /// The same run, made here and elsewhere.
  private func comparison(with run: FinishedRun) throws -> Outcome {
    let own: FinishedRun
    do {
      own = try FinishedRun(path: run.path, origin: .own, results: results)
      try own.checkFiles()
    } catch let error as StageError where error.code == .badData {
      return .leftOut("the run here is damaged: \(error.what)")
    }
    guard own.configuration == run.configuration else { return .leftOut("the run here is of another configuration; move it away first") }
    guard let difference = try difference(own, run) else { return .sameBits }
    return .differs(difference, hasSameFingerprint: own.summary.fingerprint == run.summary.fingerprint)
  }

  /// Files that also say when and how long.
  private static let timed = ["provenance.json", EpochColumn.file]

  private func difference(_ own: FinishedRun, _ other: FinishedRun) throws -> String? {
    if let found = try RunDifference.first(own: own, shipped: other, excerpts: []) {
      return "\(found.file), \(found.place): \(found.own) here, \(found.shipped) there"
    }
    guard let here = own.summary.files, let there = other.summary.files else { return nil }
    return Set(here.keys).union(there.keys).subtracting(Self.timed).sorted().first { here[$0] != there[$0] }.map { "\($0) has other bytes" }
  }

  /// Copies what the summary names, with the best weights, the log and a table that joined the run: aside, checked, then renamed.
  ///
  /// - Returns: the folder to which an unfinished run was moved.
  private func copy(_ run: FinishedRun, to target: String) throws -> String? {
    let further = ["summary.json", "log.jsonl", PerturbationColumn.file, RunSummary.hashPath(ofAdded: PerturbationColumn.file)]
    return try AtomicFolder.write(to: target) { side in
      let manager = FileManager.default
      for name in (run.summary.files ?? [:]).keys.sorted() + further where manager.fileExists(atPath: "\(run.directory)/\(name)") {
        try AtomicFile.write(try InputFile.data("\(run.directory)/\(name)", fix: "collect again"), to: "\(side)/\(name)")
      }
      try run.checkWhole(in: side)
      return manager.fileExists(atPath: target) ? try RunDirectory.moveAside(target) : nil
    }
  }
}

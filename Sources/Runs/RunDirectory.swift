import Foundation
import RunSupport
import Training
import Vocabulary

/// The folder of one run: `results/runs/<experiment>/<preset>/seed-<n>/`.
package struct RunDirectory: Sendable {
  package let path: String

  package init(path: String) { self.path = (path as NSString).standardizingPath }

  package var configuration: String { file("configuration.json") }
  /// What the run is: configuration, seed and data by their hashes.
  package var identity: String { file("identity.json") }
  package var metrics: String { file(EpochColumn.file) }
  /// Mean absolute error of each output after each epoch, where the metric is one.
  package var errors: String { file(OutputErrorColumn.file) }
  package var log: String { file("log.jsonl") }
  package var provenance: String { file("provenance.json") }
  /// Written last; Make's target.
  package var summary: String { file("summary.json") }
  /// Names of the files that a run has whatever its model reports, but for log and summary.
  func names(metric: Metric) -> [String] {
    ["configuration.json", "identity.json", "provenance.json", EpochColumn.file]
      + (metric == .meanAbsoluteError ? [OutputErrorColumn.file] : [])
  }
  package var checkpoints: String { file("checkpoints") }

  /// What makes two runs the same one.
  package struct Identity: Encodable, Sendable, Equatable {
    package var configurationSHA256: String
    package var seed: UInt64
    package var dataCards: [RunSummary.DataCard]
  }

  /// Keeps other processes, on any machine, from training this run; a dead process holds nothing, one that was stopped for long loses it. The
  /// files lie beside the folder, which may be moved aside.
  package func lease() throws -> Lease {
    try AtomicFile.makeDirectory((path as NSString).deletingLastPathComponent)
    return try Lease(of: path, holder: "training this run")
  }

  /// Makes the folder ready for a run: an earlier run of another configuration, seed or data is moved aside, never overwritten.
  ///
  /// - Parameters:
  ///   - text: the resolved configuration.
  ///   - movesFinished: whether the same run is moved aside too, if it is finished.
  /// - Returns: the folder to which an earlier run was moved.
  package func prepare(
    configuration text: String, seed: UInt64, dataCards: [RunSummary.DataCard], movesFinished: Bool = false
  ) throws -> String? {
    let wanted = try JSONText.encode(
      Identity(configurationSHA256: FileHash.hex(of: Data(text.utf8)), seed: seed, dataCards: dataCards))
    var moved: String?
    if try holdsOther(than: wanted) || movesFinished && FileManager.default.fileExists(atPath: summary) {
      moved = try Self.moveAside(path)
    }
    try AtomicFile.makeDirectory(checkpoints)
    try AtomicFile.writeIfChanged(wanted, to: identity)
    try AtomicFile.writeIfChanged(text, to: configuration)
    return moved
  }

  /// Whether there is a run whose identity is another one or missing; what the system does not give says nothing about it.
  private func holdsOther(than wanted: String) throws -> Bool {
    guard FileManager.default.fileExists(atPath: configuration) else { return false }
    do {
      return try InputFile.data(identity, fix: "train again") != Data(wanted.utf8)
    } catch let error as StageError where error.code == .missingInput {
      return true
    }
  }

  /// Writes what each epoch reached.
  func write(_ history: [EpochMetrics], metric: Metric) throws {
    try AtomicFile.write(EpochMetrics.csv(history, metric: metric), to: metrics)
    if metric == .meanAbsoluteError { try AtomicFile.write(EpochMetrics.errorsCSV(history), to: errors) }
  }

  /// Renames a file or folder to `path.replaced-1`, or the next number that is free, and returns the new path.
  static func moveAside(_ path: String) throws -> String {
    var number = 1
    while FileManager.default.fileExists(atPath: "\(path).replaced-\(number)") { number += 1 }
    let target = "\(path).replaced-\(number)"
    try AtomicFile.rename(path, to: target)
    return target
  }

  func file(_ name: String) -> String { (path as NSString).appendingPathComponent(name) }
}

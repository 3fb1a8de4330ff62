import Catalogue
import Foundation
import RunSupport
import Runs

/// Why Make would, or would not, train a run again.
package struct RebuildReason {
  private let experiment: Experiment
  private let seed: UInt64
  private let results: String
  private let data: String
  private let revision: String?

  /// - Parameters:
  ///   - results: the folder with `runs`, `shipped` and `resolved`.
  ///   - data: the folder with `raw` and `prepared`.
  ///   - revision: of the present code; nil if it is not known.
  package init(_ experiment: Experiment, seed: UInt64, results: String, data: String, revision: String?) {
    (self.experiment, self.seed, self.results, self.data, self.revision) = (experiment, seed, results, data, revision)
  }

  /// The run's folder below `runs`.
  package var path: String { FinishedRun.relativePath(experiment: experiment.id, preset: experiment.preset, seed: seed) }

  private var folder: String { "\(results)/runs/\(path)" }

  /// One line per reason; the last ones may be remarks on which Make does not act.
  package var lines: [String] {
    if Lease.isHeld(folder) { return ["a process trains it now"] }
    guard let run = try? FinishedRun(path: path, origin: .own, results: results) else { return unfinished + dataReasons(nil) }
    let changes = configurationReasons + dataReasons(run)
    let remarks = revisionRemarks(run)
    if !changes.isEmpty { return changes + ["it is trained anew; the earlier run is moved to \(path).replaced-N"] + remarks }
    return (stampReasons.isEmpty ? [Self.upToDate] : stampReasons) + remarks
  }

  package var isUpToDate: Bool { lines.first == Self.upToDate }

  private static let upToDate = "nothing: it is up to date"

  /// The reasons that lie in its prepared data alone.
  package var dataReasons: [String] { dataReasons(nil) }

  private var unfinished: [String] {
    if FileManager.default.fileExists(atPath: "\(folder)/summary.json") {
      return ["its summary.json cannot be read or has changed: the run continues from its checkpoints"]
    }
    if FileManager.default.fileExists(atPath: folder) {
      let line = "it is not finished, summary.json is missing"
      return configurationReasons.isEmpty ? ["\(line); the run continues from its newest checkpoint"] : [line] + configurationReasons
    }
    let shipped = (try? FinishedRun(path: path, origin: .shipped, results: results)) != nil
    return ["it has never run"] + (shipped ? ["a shipped run exists: tables and figures read it, and training here makes an own one"] : [])
  }

  private var configurationReasons: [String] {
    guard let old = FileManager.default.contents(atPath: "\(folder)/configuration.json"),
      let new = try? JSONText.encode(experiment.configuration)
    else { return FileManager.default.fileExists(atPath: folder) ? ["its configuration.json is missing"] : [] }
    guard let differences = ConfigurationDifference.lines(from: old, to: Data(new.utf8)) else {
      return ["its configuration.json cannot be read"]
    }
    return differences.map { "the resolved configuration changed: \($0)" }
  }

  private var card: String? { experiment.preparedData.map { "\(data)/prepared/\($0.preparedPath)/card.json" } }

  /// - Parameter run: compared with the data that are here; nil for a run that is not finished.
  private func dataReasons(_ run: FinishedRun?) -> [String] {
    guard let card else { return [] }
    guard let hash = try? FileHash.hex(ofFile: card) else {
      return ["the data card is missing: \(card); its data are prepared first" + downloadRemark]
    }
    if let receipt = newerReceipt(than: card) { return ["raw files are newer than the data made from them: \(receipt)"] }
    guard let used = run?.summary.dataCards.first(where: { card.hasSuffix("/\($0.path)") }), used.sha256 != hash else { return [] }
    return ["the data card changed: \(card), sha256 \(used.sha256.prefix(12)) → \(hash.prefix(12))"]
  }

  private var receipt: String? { experiment.preparedData?.raw.map { "\(data)/raw/\($0)/receipt.json" } }

  private var downloadRemark: String {
    guard let receipt, !FileManager.default.fileExists(atPath: receipt) else { return "" }
    return ", from raw files that are fetched before (\(receipt) is missing too)"
  }

  private func newerReceipt(than card: String) -> String? {
    guard let receipt, let (raw, prepared) = times(receipt, card), raw > prepared else { return nil }
    return receipt
  }

  /// Newer files of equal content: the tool is called, sees that nothing changed, and only renews the time.
  private var stampReasons: [String] {
    let resolved = "\(results)/resolved/\(experiment.id)/\(experiment.preset.rawValue).json"
    let inputs = [resolved] + [card].compactMap { $0 }
    return inputs.compactMap { input in
      guard FileManager.default.fileExists(atPath: input) else {
        return "\(input) is missing and is written again; train-model is called, finds the run finished and renews its time"
      }
      guard let (new, old) = times(input, "\(folder)/summary.json"), new > old else { return nil }
      return "\(input) is newer, with equal content: train-model is called, finds the run finished and renews its time"
    }
  }

  private static let howToRepeat = "reported, never acted on; make run with AGAIN=1 makes it again"

  private func revisionRemarks(_ run: FinishedRun) -> [String] {
    let summary = run.summary
    var remarks: [String] = []
    if let revision, revision != summary.revision {
      remarks.append("another revision made it, \(summary.revision.prefix(9)) and not \(revision.prefix(9)) (\(Self.howToRepeat))")
    }
    if summary.dirty { remarks.append("uncommitted code made it (\(Self.howToRepeat))") }
    return remarks
  }

  private func times(_ first: String, _ second: String) -> (Date, Date)? {
    let manager = FileManager.default
    guard let first = manager.modificationDate(of: first), let second = manager.modificationDate(of: second) else { return nil }
    return (first, second)
  }
}

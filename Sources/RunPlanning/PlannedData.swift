import Catalogue
import Foundation

/// Raw or prepared data that the runs of a plan read.
package struct PlannedData: Sendable, Equatable {
  /// Below `data/raw`, fetched by `make download-…`; nil if a generator makes the data.
  package let raw: String?
  package let isFetched: Bool
  /// Folders below `data/prepared`.
  package let prepared: [String]
  package let readyCount: Int

  /// One entry per folder of raw files, and one for all generated data, which comes last.
  ///
  /// - Parameter data: the folder with `raw` and `prepared`.
  static func of(_ experiments: [Experiment], data: String) -> [PlannedData] {
    var folders: [String?: Set<String>] = [:]
    for data in Set(experiments.compactMap(\.preparedData)) { folders[data.raw, default: []].insert(data.preparedPath) }
    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: "\(data)/\(path)") }
    return folders.sorted { ($0.key ?? "~") < ($1.key ?? "~") }.map { raw, prepared in
      PlannedData(
        raw: raw, isFetched: raw.map { exists("raw/\($0)/receipt.json") } ?? true, prepared: prepared.sorted(),
        readyCount: prepared.filter { exists("prepared/\($0)/card.json") }.count)
    }
  }
}

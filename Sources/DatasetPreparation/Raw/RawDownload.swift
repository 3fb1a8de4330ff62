import Foundation
import RunSupport

/// What the `download` and `verify` commands of all datasets share.
package enum RawDownload {
  /// Obtains files and says on standard error what it does.
  ///
  /// - Parameters:
  ///   - names: files of the dataset in the list of sources.
  ///   - mirror: a folder; empty text counts as none, as Make passes it.
  package static func run(
    dataset: String, names: [String], sources: String, folder: String, mirror: String?, allowStandIns: Bool = false
  ) throws {
    let source = try SourceList(file: sources).source(dataset)
    let mirror = mirror.flatMap { $0.isEmpty ? nil : $0 }
    var collector = try RawCollector(source: source, folder: folder, mirror: mirror)
    let display = TransferDisplay()
    collector.allowStandIns = allowStandIns
    collector.report = display.line
    collector.progress = display.update
    _ = try collector.collect(names)
  }

  /// Compares every file of a raw folder with its receipt.
  ///
  /// - Returns: a line per file.
  /// - Throws: `StageError`: `missingInput` or `badData` naming the first that differs.
  package static func check(folder directory: String, command: String) throws -> [String] {
    let folder = try RawFolder(directory: directory, command: command)
    return try folder.receipt.files.compactMap { entry in
      try folder.verifiedPath(of: entry.name).map { "\($0): sha256 agrees with the receipt (\(entry.origin))" }
    }
  }
}

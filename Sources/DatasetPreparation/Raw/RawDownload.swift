import Foundation
import RunSupport

/// What the `download` and `verify` commands of all datasets share.
package enum RawDownload {
  /// Obtains files and says on standard error what it does; waits for another process that fetches into the same folder.
  ///
  /// - Parameters:
  ///   - names: files of the dataset in the list of sources.
  ///   - mirror: a folder; empty text counts as none, as Make passes it.
  package static func run(
    dataset: String, names: [String], sources: String, folder: String, mirror: String?, allowStandIns: Bool = false
  ) throws {
    let source = try SourceList(file: sources).source(dataset)
    let mirror = mirror.flatMap { $0.isEmpty ? nil : $0 }
    let display = TransferDisplay()
    let lock = try lock(folder, report: display.line)
    defer { withExtendedLifetime(lock) {} }
    var collector = try RawCollector(source: source, folder: folder, mirror: mirror)
    collector.allowStandIns = allowStandIns
    collector.report = display.line
    collector.progress = display.update
    _ = try collector.collect(names)
  }

  /// Alone in the folder: two processes would append to the same part of a file, and write over each other's receipt.
  private static func lock(_ folder: String, report: (String) -> Void) throws -> FileLock {
    try AtomicFile.makeDirectory(folder)
    return try FileLock.waiting(
      path: (folder as NSString).appendingPathComponent(".lock"), holder: "fetching files into \(folder)"
    ) { report("\(folder): \($0)") }.lock
  }

  /// What fetches the raw files of a dataset, for the advice in errors.
  package static func command(for dataset: String) -> String {
    // Without a task Make would fetch Image and Text too, which lie in other folders; ListOps needs what the others need.
    "`make download-\(dataset)\(dataset == "lra" ? " TASKS=listops" : "")`"
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

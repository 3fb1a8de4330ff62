import Foundation
import RunSupport

/// All raw and prepared folders below a data folder.
package struct DataInventory {
  private let directory: String

  package init(directory: String) { self.directory = directory }

  /// What `verify` found.
  package struct Report {
    package fileprivate(set) var goodCount = 0
    package fileprivate(set) var errors: [StageError] = []

    /// The first difference, to end a tool with.
    package var firstError: StageError? { errors.first }

    package var summary: String {
      goodCount + errors.count == 0
        ? "nothing to verify: no raw and no prepared data" : "\(goodCount) folders agree, \(errors.count) differ"
    }
  }

  /// Folders that hold a receipt, in order of their names.
  package var rawFolders: [String] { folders(below: "raw", holding: Receipt.fileName) }

  /// Folders that hold a card, in order of their names.
  package var preparedFolders: [String] { folders(below: "prepared", holding: PreparedFolder.cardName) }

  /// Hashes every file again; a difference does not stop it.
  ///
  /// - Parameter report: called with a line for each file that agrees, and the text of each error.
  package func verify(_ report: (String) -> Void) -> Report {
    var result = Report()
    func check(_ body: () throws -> [String]) {
      do {
        for line in try body() { report(line) }
        result.goodCount += 1
      } catch {
        let error = error as? StageError ?? AtomicFile.failure("read a file", directory)
        report("error: \(error)")
        result.errors.append(error)
      }
    }
    for folder in rawFolders {
      check { try RawDownload.check(folder: folder, command: RawDownload.command(for: (folder as NSString).lastPathComponent)) }
    }
    for folder in preparedFolders { check { try PreparedCheck.run(folder) } }
    return result
  }

  /// Side folders of interrupted processes begin with a dot and do not count.
  private func folders(below part: String, holding file: String) -> [String] {
    let top = (directory as NSString).appendingPathComponent(part)
    let paths = (FileManager.default.enumerator(atPath: top)?.compactMap { $0 as? String } ?? []).filter { path in
      let parts = path.split(separator: "/")
      return parts.last == Substring(file) && !parts.contains { $0.hasPrefix(".") }
    }
    return paths.map { (top as NSString).appendingPathComponent(($0 as NSString).deletingLastPathComponent) }.sorted()
  }
}

import Catalogue
import Documents
import Foundation
import RunSupport

/// What of a finished run goes into the repository: small files of numbers, by an allow-list.
package struct ShippedRun: Sendable {
  /// Most bytes of a run.
  package static let largestSize = 100_000

  /// By name; texts, ready to be written.
  package let files: [String: Data]

  package var byteCount: Int { files.values.reduce(0) { $0 + $1.count } }

  /// Reads the files of a run and makes the excerpts of its large tables.
  ///
  /// - Parameter excerpts: what figures read of them.
  /// - Throws: `StageError`: `badData` if one is not what the run wrote, cannot be read, or all are too large; `inputOutput`.
  package init(_ run: FinishedRun, excerpts: [TableExcerpt]) throws {
    let own = ["configuration.json", "identity.json", "provenance.json", "summary.json"]
    var files = try Self.whole(own, of: run)
    for table in TableShipping.tables {
      guard FileManager.default.fileExists(atPath: "\(run.directory)/\(table.file)") else { continue }
      switch table.shipping {
      case .never: continue
      case .whole: files.merge(try Self.whole([table.file], of: run)) { $1 }
      case .excerpt:
        let excerpts = excerpts.filter { $0.file == table.file }
        if excerpts.isEmpty { continue }
        let source = try CSVTable(fromFile: "\(run.directory)/\(table.file)", fix: "delete the run's summary.json and run it again")
        files[table.file] = Data(try TableExcerpt.text(of: source, excerpts).utf8)
      }
    }
    if files[PerturbationColumn.file] != nil {
      files.merge(try Self.whole([RunSummary.hashPath(ofAdded: PerturbationColumn.file)], of: run)) { $1 }
    }
    self.files = files
    guard byteCount <= Self.largestSize else {
      let largest = files.max { $0.value.count < $1.value.count }
      throw StageError(
        .badData, "the run is too large to be shipped", where: run.directory,
        why: "its files have \(byteCount) bytes, at most \(Self.largestSize) are shipped; the largest is \(largest?.key ?? "") with "
          + "\(largest?.value.count ?? 0)",
        fix: "let figures read less of this table (TableShipping and the excerpts of FigureDefinition)")
    }
  }

  private static func whole(_ names: [String], of run: FinishedRun) throws -> [String: Data] {
    try names.reduce(into: [:]) { files, name in
      let path = "\(run.directory)/\(name)"
      guard FileManager.default.fileExists(atPath: path) || name == "summary.json" else { return }
      files[name] = try InputFile.data(path, fix: "run make run")
    }
  }

  /// Whether a folder holds these files and no others.
  package func isEqual(toFolder folder: String) throws -> Bool {
    guard try InputFile.names(inFolder: folder).filter({ !$0.hasPrefix(".") }) == files.keys.sorted() else { return false }
    return files.allSatisfy { FileManager.default.contents(atPath: "\(folder)/\($0.key)") == $0.value }
  }

  /// Writes the folder aside, checks it and puts it in place of what was there.
  package func write(to folder: String) throws {
    try AtomicFolder.write(to: folder) { side in
      for (name, data) in files { try AtomicFile.write(data, to: "\(side)/\(name)") }
      guard try isEqual(toFolder: side) else { throw AtomicFile.failure("write a shipped run", side) }
      _ = try RunSummary(inFolder: side)
    }
  }
}

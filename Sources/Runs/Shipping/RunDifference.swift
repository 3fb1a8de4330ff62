import Documents
import Foundation
import RunSupport

/// Where the numbers of two runs of one configuration differ: results, learning curves and tables, but nothing of time, memory or the machine.
package struct RunDifference: Equatable, Sendable {
  /// A file of the run's folder.
  package let file: String
  /// `value`, or `trained_loss, row 3`.
  package let place: String
  package let own: String
  package let shipped: String

  package var text: String { "\(file), \(place): \(own) here, \(shipped) shipped" }

  /// The first difference; nil for the same bits.
  ///
  /// Of a shipped table the rows and columns that it has are compared.
  ///
  /// - Parameters:
  ///   - own: a run made here.
  ///   - excerpts: what is shipped of its large tables.
  /// - Throws: `StageError`: `badData` if a table cannot be read; `inputOutput`.
  package static func first(own: FinishedRun, shipped: FinishedRun, excerpts: [TableExcerpt]) throws -> RunDifference? {
    if let difference = try firstOfSummaries(own.summary, shipped.summary) { return difference }
    for table in TableShipping.tables where table.shipping != .never {
      let path = "\(shipped.directory)/\(table.file)"
      // What joins a run later may be in one of them alone.
      guard FileManager.default.fileExists(atPath: path), let text = try text(of: table, own, excerpts) else { continue }
      if let difference = try firstOfTables(
        CSVTable(text: text, path: "\(own.directory)/\(table.file)", fix: "make the run again"),
        CSVTable(fromFile: path, fix: "restore it"), file: table.file)
      {
        return difference
      }
    }
    return nil
  }

  /// What would be shipped of a run's table; nil where it has none, or figures read nothing of it.
  private static func text(of table: any RunColumn.Type, _ run: FinishedRun, _ excerpts: [TableExcerpt]) throws -> String? {
    let path = "\(run.directory)/\(table.file)"
    guard FileManager.default.fileExists(atPath: path) else { return nil }
    let fix = "delete the run's summary.json and run it again"
    if table.shipping == .whole { return String(decoding: try InputFile.data(path, fix: fix), as: UTF8.self) }
    let excerpts = excerpts.filter { $0.file == table.file }
    return excerpts.isEmpty ? nil : try TableExcerpt.text(of: CSVTable(fromFile: path, fix: fix), excerpts)
  }

  /// What a summary says of time, memory, and how the run was made.
  private static let circumstances: Set = [
    "wallSeconds", "peakMemoryMB", "revision", "dirty", "fingerprint", "files", "summarySHA256", "claimRules",
  ]

  private static func firstOfSummaries(_ own: RunSummary, _ shipped: RunSummary) throws -> RunDifference? {
    func values(_ summary: RunSummary) throws -> [String: String] {
      let leaves = JSONLeaves.values(of: Data(try JSONText.encode(summary).utf8)) ?? [:]
      return leaves.filter { !circumstances.contains(String($0.key.prefix { $0 != "." })) }
    }
    let (here, there) = (try values(own), try values(shipped))
    return Set(here.keys).union(there.keys).sorted().first { here[$0] != there[$0] }.map {
      RunDifference(file: "summary.json", place: $0, own: here[$0] ?? "nothing", shipped: there[$0] ?? "nothing")
    }
  }

  private static func firstOfTables(_ own: CSVTable, _ shipped: CSVTable, file: String) throws -> RunDifference? {
    for (place, name) in shipped.header.enumerated() where name != EpochColumn.seconds.name || file != EpochColumn.file {
      let ownPlace = try own.index(of: name)
      guard own.rows.count == shipped.rows.count else {
        return RunDifference(file: file, place: "number of rows", own: "\(own.rows.count)", shipped: "\(shipped.rows.count)")
      }
      if let row = shipped.rows.indices.first(where: { own.rows[$0][ownPlace] != shipped.rows[$0][place] }) {
        return RunDifference(
          file: file, place: "\(name), row \(row + 1) below the header", own: own.rows[row][ownPlace], shipped: shipped.rows[row][place])
      }
    }
    return nil
  }
}

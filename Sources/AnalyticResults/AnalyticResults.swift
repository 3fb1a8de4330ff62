import Foundation
import RunSupport

/// All results that need no training.
package enum AnalyticResults {
  package static let all: [any AnalyticResult] = dfout + tfb + hope

  /// The results of these names, all without any.
  ///
  /// - Throws: `StageError` (`usage`) for a name that does not exist, with the nearest one.
  package static func named(_ names: [String]) throws -> [any AnalyticResult] {
    if names.isEmpty { return all }
    return try names.map { name in
      if let result = all.first(where: { $0.name == name }) { return result }
      let known = all.map(\.name)
      throw StageError(
        .usage, "there is no result \(name)", where: "--name", why: "the names are \(known.joined(separator: ", "))",
        fix: NearestName.suggestion(for: name, among: known).map { "perhaps \($0) is meant" } ?? "choose one of them")
    }
  }

  /// Computes results on all cores and writes each table to `<folder>/<table>.csv`; equal content is not written again, and tables that a
  /// result no longer has are deleted.
  ///
  /// - Returns: the tables' paths and whether each changed.
  /// - Throws: `StageError` of the first result that fails; the others are written all the same.
  package static func write(
    _ results: [any AnalyticResult], to folder: String, _ context: AnalyticContext
  ) throws -> [(path: String, changed: Bool)] {
    let computed = orderedMap(results) { result in Result { try result.tables(context) } }
    var written: [(path: String, changed: Bool)] = []
    for (result, tables) in zip(results, computed) {
      guard case .success(let tables) = tables else { continue }
      for table in tables {
        precondition(table.name == result.name || table.name.hasPrefix("\(result.name)-"), "\(table.name) is no table of \(result.name)")
        let path = "\(folder)/\(table.name).csv"
        written.append((path, try AtomicFile.writeIfChanged(table.csv, to: path)))
      }
      try deleteTables(of: result, in: folder, except: tables.map(\.name))
    }
    for tables in computed { _ = try tables.get() }
    return written
  }

  /// Names of the tables of a result that lie in a folder, without `.csv`, in order.
  package static func tableNames(of result: any AnalyticResult, in folder: String) -> [String] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return files.filter { $0.hasSuffix(".csv") }.map { String($0.dropLast(4)) }
      .filter { $0 == result.name || $0.hasPrefix("\(result.name)-") }.sorted()
  }

  /// Deletes the tables of a result but for those named.
  ///
  /// - Throws: `StageError` (`inputOutput`).
  package static func deleteTables(of result: any AnalyticResult, in folder: String, except kept: [String]) throws {
    for name in tableNames(of: result, in: folder) where !kept.contains(name) {
      let path = "\(folder)/\(name).csv"
      guard unlink(path) == 0 else { throw AtomicFile.failure("delete an outdated table", path) }
    }
  }
}

import Foundation
import RunSupport

extension FinishedRun {
  /// Reads the run that a user names, and compares its small files with its summary.
  ///
  /// - Parameters:
  ///   - name: `tiny-listops-hope/smoke/seed-1`, which is looked for among own runs first, then among shipped ones; or the path of a run's
  ///     folder, `results/shipped/tiny-listops-hope/smoke/seed-1`.
  ///   - results: the folder of both kinds.
  /// - Throws: `StageError`: `usage` if that is no name of a run, `missingInput` if there is no such run or it is not finished, and as the
  ///   other initialisers.
  package init(named name: String, results: String) throws {
    guard let parts = name.wholeMatch(of: /(?:(.*\/)?(runs|shipped)\/)?([^\/]+)\/([^\/]+)\/seed-([0-9]+)\/?/) else {
      throw StageError(
        .usage, name.isEmpty ? "no run is named" : "\(name) is no name of a run", where: "RUN",
        why: "a run is named by experiment, preset and seed, or by its folder",
        fix: "use RUN=tiny-listops-hope/smoke/seed-1, or RUN=results/runs/tiny-listops-hope/smoke/seed-1; make status lists runs")
    }
    let path = "\(parts.3)/\(parts.4)/seed-\(parts.5)"
    let origins = parts.2.flatMap { folder in Origin.allCases.filter { $0.folder == folder } } ?? Origin.allCases
    // A path begins where the user stands, a name in the folder of results.
    let results = parts.2 == nil ? results : parts.1.map { String($0.dropLast()) } ?? "."
    let folders = origins.map { (origin: $0, folder: "\(results)/\($0.folder)/\(path)") }
    func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }
    guard let found = folders.first(where: { exists("\($0.folder)/summary.json") }) else {
      let command = "make run EXPERIMENT=\(parts.3) SEED=\(parts.5) PRESET=\(parts.4)"
      if let begun = folders.first(where: { exists($0.folder) }) {
        throw StageError(
          .missingInput, "the run \(path) is not finished", where: begun.folder,
          why: "its summary.json, which is written last, is not there",
          fix: "\(command) continues it")
      }
      let known = try folders.flatMap { try InputFile.names(inFolder: "\(results)/\($0.origin.folder)") }
      let nearest = known.contains(String(parts.3)) ? nil : NearestName.suggestion(for: String(parts.3), among: known)
      throw StageError(
        .missingInput, "there is no run \(path)", where: folders.map(\.folder).joined(separator: ", "), why: "the folder does not exist",
        fix: nearest.map { "did you mean \($0)?" } ?? "\(command) makes it; make status lists those that there are")
    }
    try self.init(path: path, origin: found.origin, results: results)
    try checkFiles()
  }
}

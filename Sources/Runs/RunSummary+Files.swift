import Foundation
import RunSupport

/// Whether the files of a run are what it wrote.
extension RunSummary {
  private static let fileName = "summary.json"

  /// What `summary.json` holds.
  package func text() throws -> String {
    var summary = self
    summary.summarySHA256 = ""
    summary.summarySHA256 = FileHash.hex(of: Data(try JSONText.encode(summary).utf8))
    return try JSONText.encode(summary)
  }

  /// The summary without the hashes of the run's files and of itself: what it says to those who cannot see the files.
  package var withoutHashes: RunSummary {
    var summary = self
    (summary.files, summary.summarySHA256) = (nil, nil)
    return summary
  }

  /// Reads the summary of a run and compares it with its own hash, if it has one.
  ///
  /// - Parameter folder: of the run.
  /// - Throws: `StageError`: `missingInput`, or `badData` if it cannot be read or has changed.
  package init(inFolder folder: String) throws {
    let path = (folder as NSString).appendingPathComponent(Self.fileName)
    let data = try InputFile.data(path, fix: "run make run")
    self = try JSONText.decode(RunSummary.self, from: data, of: path, madeBy: "make run")
    guard let expected = summarySHA256 else { return }
    let found = FileHash.hex(of: Data(String(decoding: data, as: UTF8.self).replacingOccurrences(of: expected, with: "").utf8))
    guard found == expected else { throw Self.changed(path, found: found, expected: expected) }
  }

  /// Hashes of files of a run, by their paths in its folder.
  static func hashes(of names: [String], in directory: RunDirectory) throws -> [String: String] {
    try names.reduce(into: [:]) { $0[$1] = try FileHash.hex(ofFile: directory.file($1)) }
  }

  /// Compares the small files of the run with their hashes; weights are compared where they are used.
  ///
  /// - Parameter isPart: files may be missing and large tables be excerpts, as of shipped runs, which `ShippedFiles` guards.
  /// - Throws: `StageError` (`badData`) naming the first file that has changed or is missing.
  package func checkFiles(in folder: String, isPart: Bool = false) throws {
    for (name, expected) in (files ?? [:]).sorted(by: { $0.key < $1.key }) where !name.hasPrefix("checkpoints/") {
      let path = (folder as NSString).appendingPathComponent(name)
      if isPart && (!FileManager.default.fileExists(atPath: path) || TableShipping.ofFile(name) == .excerpt) { continue }
      try Self.check(path, is: expected)
    }
  }

  /// Compares the table that joined a finished run with the hash beside it, if there are both.
  ///
  /// - Throws: `StageError` (`badData`) if it has changed.
  package static func checkAddedTable(in folder: String) throws {
    let path = (folder as NSString).appendingPathComponent(PerturbationColumn.file)
    guard FileManager.default.fileExists(atPath: path), let line = FileManager.default.contents(atPath: hashPath(ofAdded: path)) else {
      return
    }
    try check(path, is: String(decoding: line.prefix(64), as: UTF8.self), fix: "delete it and run make perturb again")
  }

  /// Writes a table that joins a finished run, and behind it its hash into a file beside it, for the summary stays as it is.
  ///
  /// Elsewhere the table is written alone. A process that is killed in between leaves a table without a hash, which passes.
  package static func add(_ text: String, to path: String) throws {
    let isOfRun = FileManager.default.fileExists(
      atPath: ((path as NSString).deletingLastPathComponent as NSString).appendingPathComponent(fileName))
    if isOfRun { unlink(hashPath(ofAdded: path)) }
    try AtomicFile.write(text, to: path)
    guard isOfRun else { return }
    try AtomicFile.write("\(FileHash.hex(of: Data(text.utf8)))  \((path as NSString).lastPathComponent)\n", to: hashPath(ofAdded: path))
  }

  /// Where the hash of a table that joined the run stands.
  static func hashPath(ofAdded path: String) -> String { path + ".sha256" }

  /// Compares a file with its hash, if it lies in the folder of a finished run whose summary names it.
  ///
  /// - Returns: that summary.
  /// - Throws: `StageError` (`badData`) if it, or that summary, has changed.
  @discardableResult
  package static func check(file path: String) throws -> RunSummary? {
    let place = URL(fileURLWithPath: path).standardizedFileURL.pathComponents
    for depth in 1...2 where place.count > depth {
      let folder = NSString.path(withComponents: Array(place.dropLast(depth)))
      guard FileManager.default.fileExists(atPath: "\(folder)/\(fileName)") else { continue }
      let name = place.suffix(depth).joined(separator: "/")
      let summary = try RunSummary(inFolder: folder)
      guard let expected = summary.files?[name] else { continue }
      try check(path, is: expected)
      return summary
    }
    return nil
  }

  private static func check(_ path: String, is expected: String, fix: String? = nil) throws {
    guard FileManager.default.fileExists(atPath: path) else { throw changed(path, found: nil, expected: expected) }
    let found = try FileHash.hex(ofFile: path)
    guard found == expected else { throw changed(path, found: found, expected: expected, fix: fix) }
  }

  private static func changed(_ path: String, found: String?, expected: String, fix: String? = nil) -> StageError {
    StageError(
      .badData, "\(path) is not the file that the run wrote", where: path,
      why: (found.map { "its SHA-256 is \($0)" } ?? "it is missing") + ", the run recorded \(expected)",
      fix: fix ?? "restore the file, or delete the run's \(fileName) and run it again: it goes on from its checkpoints to the same result")
  }
}

import Foundation
import RunSupport

/// The files that come with the repository, all that lies below `results/shipped`, and the list of their hashes that guards them.
package struct ShippedFiles: Sendable {
  /// In the form that `sha256sum -c` reads, paths from its own folder; written last.
  package static let listName = "SHA256SUMS"

  /// `results/shipped`.
  package let folder: String

  /// - Parameter results: the folder with `shipped`.
  package init(results: String) { self.init(folder: "\(results)/\(FinishedRun.Origin.shipped.folder)") }

  private init(folder: String) { self.folder = folder }

  private var list: String { "\(folder)/\(Self.listName)" }

  /// Paths below the folder in their order, without the list and without hidden files, which nothing reads.
  package func paths() throws -> [String] { try Self.files(below: folder).filter { $0 != Self.listName } }

  /// The bytes of all files.
  package func byteCount() throws -> Int { try Self.byteCount(ofFolder: folder) }

  static func byteCount(ofFolder folder: String) throws -> Int {
    try files(below: folder).reduce(0) { sum, path in
      let size = try? FileManager.default.attributesOfItem(atPath: "\(folder)/\(path)")[.size] as? NSNumber
      return sum + (size?.intValue ?? 0)
    }
  }

  /// Compares every file with the list; where nothing is shipped there is nothing to compare.
  ///
  /// - Throws: `StageError`: `badData` naming the first file that differs, is missing or is not in the list; `inputOutput`.
  package func check() throws {
    if let problem = try problems().first { throw problem.error }
  }

  /// Compares every file with the list, if that of a folder that is read lies beside it.
  ///
  /// - Throws: `StageError` as of `check()`.
  package static func check(holding folder: String) throws {
    let parent = (folder as NSString).deletingLastPathComponent
    if FileManager.default.fileExists(atPath: "\(parent)/\(listName)") { try ShippedFiles(folder: parent).check() }
  }

  struct Problem {
    /// Below the folder.
    let path: String
    let error: StageError
  }

  /// Every file that is not what the list says, in the order of their paths.
  func problems() throws -> [Problem] {
    let found = Set(try paths())
    let expected = FileManager.default.fileExists(atPath: list) ? try hashes() : [:]
    return try found.union(expected.keys).sorted().compactMap { path in
      func problem(_ why: String) -> Problem { Problem(path: path, error: refusal(path, why)) }
      guard let hash = expected[path] else { return problem("it is not in \(list)") }
      guard found.contains(path) else { return problem("\(list) names it, and it is missing") }
      let own = try FileHash.hex(ofFile: "\(folder)/\(path)")
      return own == hash ? nil : problem("its SHA-256 is \(own), \(list) says \(hash)")
    }
  }

  /// Writes the list of what is there now, if it differs.
  ///
  /// - Returns: whether it did.
  @discardableResult
  package func writeList() throws -> Bool {
    let paths = try paths()
    if paths.isEmpty && !FileManager.default.fileExists(atPath: list) { return false }
    let lines = try paths.map { "\(try FileHash.hex(ofFile: "\(folder)/\($0)"))  \($0)\n" }
    return try AtomicFile.writeIfChanged(lines.joined(), to: list)
  }

  private func hashes() throws -> [String: String] {
    let lines = String(decoding: try InputFile.data(list, fix: Self.remedy), as: UTF8.self).split(separator: "\n")
    return try lines.enumerated().reduce(into: [:]) { hashes, entry in
      guard let line = entry.element.wholeMatch(of: /([0-9a-f]{64})  ([^\/].*)/) else {
        throw StageError(
          .badData, "\(list) cannot be read", where: "\(list), line \(entry.offset + 1)", why: "it is no hash with a path", fix: Self.remedy
        )
      }
      hashes[String(line.2)] = String(line.1)
    }
  }

  private static let remedy = "restore it with git checkout results/shipped; or, if make ship was interrupted, run it again"

  private func refusal(_ path: String, _ why: String) -> StageError {
    StageError(.badData, "\(folder)/\(path) is not the file that was shipped", where: "\(folder)/\(path)", why: why, fix: Self.remedy)
  }

  private static func files(below folder: String, _ prefix: String = "") throws -> [String] {
    try InputFile.names(inFolder: folder).filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(folder)/\(name)", isDirectory: &isFolder)
      return isFolder.boolValue ? try files(below: "\(folder)/\(name)", "\(prefix)\(name)/") : [prefix + name]
    }.sorted()
  }
}

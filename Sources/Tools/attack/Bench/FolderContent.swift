import Foundation
import RunSupport

/// The files of a folder and what is in them, apart from times.
struct FolderContent: Equatable, Sendable {
  /// Hash of each file by its path.
  let files: [String: String]

  /// Reads all files below a folder; one that does not exist has none.
  init(_ folder: String) {
    let manager = FileManager.default
    var files: [String: String] = [:]
    for case let path as String in manager.enumerator(atPath: folder)?.allObjects ?? [] {
      var isFolder: ObjCBool = false
      guard manager.fileExists(atPath: "\(folder)/\(path)", isDirectory: &isFolder), !isFolder.boolValue else { continue }
      files[path] = Self.digest("\(folder)/\(path)")
    }
    self.files = files
  }

  /// What is missing or has other bytes here, in words; nil if all of `whole` is here.
  func loss(against whole: FolderContent) -> String? {
    for (path, hash) in whole.files.sorted(by: { $0.key < $1.key }) {
      guard let own = files[path] else { return "\(path) is missing" }
      if own != hash { return "\(path) differs" }
    }
    return nil
  }

  /// A file here that an undisturbed call does not leave.
  func leftover(against whole: FolderContent) -> String? {
    files.keys.filter { whole.files[$0] == nil }.min().map { "\($0) is left over" }
  }

  /// Lines of these files tell of time, place or memory, which differ between equal calls.
  private static func digest(_ path: String) -> String {
    let name = (path as NSString).lastPathComponent
    switch name {
    case "log.jsonl", "provenance.json", "state.json", "DONE": return "any"
    case "metrics.csv":
      return lines(path) { $0.split(separator: ",").dropLast().joined(separator: ",") }
    case "summary.json":
      // Hashes of such files and of the summary itself differ with them.
      let varying = /"(peakMemoryMB|wallSeconds|summarySHA256)"|metrics\.csv|provenance\.json|log\.jsonl/
      return lines(path) { $0.contains(varying) ? "" : String($0) }
    default: return (try? FileHash.hex(ofFile: path)) ?? "unreadable"
    }
  }

  private static func lines(_ path: String, _ transform: (Substring) -> String) -> String {
    let text = String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
    return FileHash.hex(of: Data(text.split(separator: "\n").map(transform).joined(separator: "\n").utf8))
  }
}

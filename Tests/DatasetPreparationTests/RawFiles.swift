import DatasetPreparation
import Foundation
import RunSupport
import TestSupport

/// Raw folders with their receipts, for tests of what is made of them.
enum RawFiles {
  /// Places files in a raw folder and collects them.
  ///
  /// - Parameter isOfficial: false takes each from a mirror as a subset that the mirror vouches for.
  /// - Returns: the raw folder.
  static func make(_ files: [String: Data], in folder: String, isOfficial: Bool = true) throws -> String {
    let raw = folder + "/raw"
    var entries: [String] = []
    var sums = ""
    for (name, content) in files.sorted(by: { $0.key < $1.key }) {
      try AtomicFile.write(content, to: isOfficial ? "\(raw)/\(name)" : "\(folder)/mirror/part-\(name)")
      sums += "\(FileHash.hex(of: content))  part-\(name)\n"
      entries.append("{name: \(name), sha256: \(FileHash.hex(of: content)), subset: [part-\(name)]}")
    }
    if !isOfficial { try AtomicFile.write(sums, to: folder + "/mirror/SHA256SUMS") }
    let yaml = "demo: {title: t, home: h, licence: l, byHand: b, files: [\(entries.joined(separator: ", "))]}"
    let source = try SourceList(yaml: yaml, path: "s").source("demo")
    _ = try RawCollector(source: source, folder: raw, mirror: isOfficial ? nil : folder + "/mirror").collect(files.keys.sorted())
    return raw
  }

  /// Collects files by the project's own list of sources, from the folder's `raw` or from a mirror.
  static func collect(_ dataset: String, _ names: [String], in folder: String, mirror: String? = nil) throws {
    _ = try RawCollector(source: SourceList(file: sources).source(dataset), folder: folder + "/raw", mirror: mirror).collect(names)
  }

  /// The project's own list of sources.
  static let sources = Fixtures.repository + "/data/sources.yaml"
}

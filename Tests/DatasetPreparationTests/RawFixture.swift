import DatasetPreparation
import Foundation
import RunSupport
import TestSupport

/// A raw folder in the folder of the test case, with a list of sources for one file `archive.bin`.
struct RawFixture {
  static let name = "archive.bin"
  /// 300,000 bytes that are no text.
  static let content = Data((0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 73 ^ ($0 >> 8)) })

  var raw: String { folder + "/raw" }
  var file: String { raw + "/" + Self.name }

  func source(
    urls: [String] = [], bytes: Int? = content.count, hash: String = "sha256: \(FileHash.hex(of: content))", more: String = ""
  ) throws -> RawSource {
    let yaml = """
      demo:
        title: Demonstration
        home: http://localhost/
        licence: none
        byHand: copy it
        files:
          - name: \(Self.name)
            urls: [\(urls.map { "\"\($0)\"" }.joined(separator: ", "))]
            \(hash)
      """
    let length = bytes.map { "\n      bytes: \($0)" } ?? ""
    return try SourceList(yaml: yaml + length + (more.isEmpty ? "" : "\n      \(more)"), path: "sources.yaml").source("demo")
  }

  /// Collects the file with little patience.
  @discardableResult
  func collect(_ source: RawSource, mirror: String? = nil, allowStandIns: Bool = false) throws -> [Receipt.Entry] {
    var collector = try RawCollector(source: source, folder: raw, mirror: mirror)
    collector.allowStandIns = allowStandIns
    collector.policy.attempts = 3
    collector.policy.firstPause = 0.01
    return try collector.collect([Self.name])
  }

  func write(_ data: Data, to path: String) throws { try AtomicFile.write(data, to: folder + "/" + path) }

  func contents(_ path: String) -> Data? { FileManager.default.contents(atPath: folder + "/" + path) }

  /// Everything below the raw folder.
  var rawFiles: [String] { (try? FileManager.default.subpathsOfDirectory(atPath: raw).sorted()) ?? [] }
}

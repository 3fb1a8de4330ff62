import DatasetPreparation
import Foundation
import Loopback
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

  /// Collects a file of the project's own list of sources, whose addresses are turned to a server on this machine.
  ///
  /// - Parameters:
  ///   - slowSeconds: a server that sends nothing for so long is cut; one of a busy machine has time.
  ///   - change: changes what the list says of the file.
  func collect(
    _ name: String, of dataset: String, attempts: Int = 2, slowSeconds: Int = 30, change: (inout RawSource.File) -> Void = { _ in },
    _ respond: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Step]
  ) throws -> (entries: [Receipt.Entry], error: StageError?, requests: [LoopbackServer.Request], lines: [String]) {
    let server = try LoopbackServer(respond)
    defer { server.stop() }
    var source = try SourceList(file: RawFiles.sources).source(dataset)
    for index in source.files.indices {
      if source.files[index].name == name { change(&source.files[index]) }
      source.files[index].urls = source.files[index].urls.compactMap { URL(string: $0).map { server.url($0.path) } }
    }
    var collector = try RawCollector(source: source, folder: raw, mirror: nil)
    (collector.policy.attempts, collector.policy.firstPause, collector.policy.slowSeconds) = (attempts, 0.01, slowSeconds)
    var (entries, lines): ([Receipt.Entry], [String]) = ([], [])
    collector.report = { lines.append($0) }
    let error = stageError { entries = try collector.collect([name]) }
    return (entries, error, server.requests, lines)
  }

  func write(_ data: Data, to path: String) throws { try AtomicFile.write(data, to: folder + "/" + path) }

  func contents(_ path: String) -> Data? { FileManager.default.contents(atPath: folder + "/" + path) }

  /// Everything below the raw folder.
  var rawFiles: [String] { (try? FileManager.default.subpathsOfDirectory(atPath: raw).sorted()) ?? [] }
}

import Foundation
import Operations
import RunSupport

/// Everything needed to judge how a run came about: `provenance.json`.
package struct Provenance: Codable, Sendable, Equatable {
  package var code: CodeRevision
  package var numerics: NumericEnvironment
  package var compiler: String
  package var processor: String
  package var threads: Int
  package var dataCards: [RunSummary.DataCard]
  package var unofficialData: Bool
  package var startedAt: String
  package var finishedAt: String?
  package var wallSeconds: Double?
  package var peakMemoryMB: Double?

  package init(dataCards: [RunSummary.DataCard], unofficialData: Bool) {
    code = .current()
    numerics = .current()
    compiler = Self.compilerVersion
    processor = Self.processorName
    threads = Parallel.threadCount
    self.dataCards = dataCards
    self.unofficialData = unofficialData
    startedAt = Self.timestamp()
  }

  /// The short text under which equal bits are promised: code, libraries and chunk layout, not the number of threads.
  package var fingerprint: String {
    struct Decisive: Encodable {
      var code: CodeRevision
      var numerics: NumericEnvironment
    }
    let text = (try? JSONText.encode(Decisive(code: code, numerics: numerics))) ?? ""
    return FileHash.hex(of: Data(text.utf8))
  }

  package mutating func finish(wallSeconds: Double) {
    finishedAt = Self.timestamp()
    self.wallSeconds = wallSeconds
    peakMemoryMB = ResourceUsage.peakMemoryMB
  }

  private static func timestamp() -> String { ISO8601DateFormatter().string(from: Date()) }

  private static var compilerVersion: String {
    #if compiler(>=6.4)
      "Swift 6.4 or newer"
    #else
      "Swift 6.3"
    #endif
  }

  private static var processorName: String {
    let text = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = text.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown"
  }
}

import Foundation
import RunSupport
import Runs

/// All rows of one attack, and where and when it was made: `results/attack/<attack>.json`.
struct AttackRecord: Codable {
  let kind: AttackKind
  let rows: [AttackRow]
  let date: String
  let minutes: Double
  let code: CodeRevision
  let machine: String
  let seed: UInt64
  /// Folders as they stand in the lines of failures.
  let work: String
  let tools: String

  init(kind: AttackKind, rows: [AttackRow], bench: Bench, began: Date) {
    self.kind = kind
    self.rows = rows
    date = String(ISO8601DateFormatter().string(from: began).prefix(10))
    minutes = -began.timeIntervalSinceNow / 60
    code = .current()
    machine = Self.machineName
    seed = bench.seed
    (work, tools) = (bench.folder, bench.tools)
  }

  var failures: [AttackRow.Failure] { rows.flatMap(\.failures) }

  var text: String { Self.text(kind.rawValue, [self]) }

  /// One line for several attacks.
  static func total(of records: [Self]) -> String { text("all attacks", records) }

  private static func text(_ name: String, _ records: [Self]) -> String {
    let (tried, failed) = records.reduce((0, 0)) { ($0.0 + $1.tried, $0.1 + $1.failures.count) }
    return "\(name): \(tried) tried, \(tried - failed) survived, \(String(format: "%.1f", records.reduce(0) { $0 + $1.minutes })) min"
  }

  var tried: Int { rows.reduce(0) { $0 + $1.tried } }

  func write(to folder: String) throws { try AtomicFile.write(try JSONText.encode(self), to: "\(folder)/\(kind.rawValue).json") }

  private static var machineName: String {
    let process = ProcessInfo.processInfo
    return "\(RunningProcess.processorName), \(process.activeProcessorCount) cores, \(process.operatingSystemVersionString)"
  }
}

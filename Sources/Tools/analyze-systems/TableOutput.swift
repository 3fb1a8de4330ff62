import ArgumentParser
import Documents
import Foundation
import RunSupport
import StateSpace

/// Where the table goes: the only place that writes comma-separated values.
struct TableOutput: ParsableArguments {
  @Option(help: "File to write, as a whole or not at all; without it standard output.", completion: .file()) var output: String?

  /// Systems computed at once; their rows wait in memory.
  private static let batchSize = 64

  /// Writes a header and then the rows of each system, in order; systems are computed on all cores.
  ///
  /// - Parameter rows: the fields behind layer, direction and channel, of a system and its place in `systems`.
  func write(_ columns: [String], _ systems: [SystemEntry], rows: @escaping @Sendable (SystemEntry, Int) throws -> [[String]]) throws {
    guard let output else { return try lines(columns, systems, rows) { print($0, terminator: "") } }
    var text = Data()
    try lines(columns, systems, rows) { text.append(contentsOf: $0.utf8) }
    try AtomicFile.write(text, to: output)
  }

  private func lines(
    _ columns: [String], _ systems: [SystemEntry], _ rows: @escaping @Sendable (SystemEntry, Int) throws -> [[String]],
    _ append: (String) throws -> Void
  ) throws {
    for start in stride(from: 0, to: systems.count, by: Self.batchSize) {
      let batch = Array(systems[start..<min(systems.count, start + Self.batchSize)])
      let texts = try Self.concurrently(batch) { try Self.text($0, rows($0, start + $1)) }
      if start == 0 { try append(CSVText.line(["layer", "direction", "channel"] + columns)) }
      for text in texts { try append(text) }
    }
  }

  private static func text(_ entry: SystemEntry, _ rows: [[String]]) -> String {
    let place = [entry.layer, entry.direction, entry.channel].map(String.init)
    return rows.reduce(into: "") { $0 += CSVText.line(place + $1) }
  }

  /// The results in the order of the systems; the first error in that order, with the system's place.
  static func concurrently<Result: Sendable>(
    _ systems: [SystemEntry], _ compute: @escaping @Sendable (SystemEntry, Int) throws -> Result
  ) throws -> [Result] {
    try orderedMap(systems.indices) { index in
      do {
        return try compute(systems[index], index)
      } catch var error as StageError {
        let entry = systems[index]
        error.location = "layer \(entry.layer), direction \(entry.direction), channel \(entry.channel), \(error.location)"
        throw error
      }
    }
  }
}

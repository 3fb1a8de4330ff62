import Foundation
import RunSupport

/// Damages files in front of every parser: the test suite's own mutation tests, with many more rounds.
struct MutationAttack: Attack {
  static let rounds = 20_000

  /// A line of the log that the tests write.
  private struct Entry: Decodable {
    let parser: String
    let tried: Int
    let refused: Int
    let slowestSeconds: Double
  }

  /// Seconds that a parser may take for one small damaged file.
  private static let mostSeconds = 10.0

  func run(on bench: Bench, found: (AttackRow) -> Void) throws {
    let rounds = ProcessInfo.processInfo.environment["MUTATION_ROUNDS"].flatMap(Int.init) ?? Self.rounds
    let log = "\(bench.folder)/mutations.jsonl"
    var command = ShellCommand(words: ["swift", "test", "--disable-xctest", "--filter", "Mutation"])
    command.environment = ["MUTATION_ROUNDS": String(rounds), "MUTATION_LOG": log]
    let outcome = try Shell.run(command, scratch: "\(bench.folder)/mutations", limit: 7200)
    let lines = ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n")
    var rows = try lines.map { row(try JSONDecoder().decode(Entry.self, from: Data($0.utf8)), line: command.line) }
    if !outcome.hasSucceeded || rows.isEmpty {
      var row = AttackRow(subject: "all parsers", what: "damaged files")
      let messages = (outcome.output + outcome.errors).split(separator: "\n")
      let reason = messages.first { $0.contains(/Fatal error|recorded an issue|error:/) } ?? messages.last ?? "nothing was said"
      row.count(.failed("the tests end with \(outcome.end): \(reason)"), of: "the tests", line: command.line)
      rows.append(row)
    }
    rows.sorted { $0.subject < $1.subject }.forEach(found)
  }

  private func row(_ entry: Entry, line: String) -> AttackRow {
    var row = AttackRow(subject: entry.parser, what: "damaged files")
    row.tried = entry.tried
    row.healed = entry.refused
    row.unharmed = entry.tried - entry.refused
    row.note = String(format: "slowest %.2f s", entry.slowestSeconds)
    if entry.slowestSeconds > Self.mostSeconds {
      row.failures = [AttackRow.Failure(label: "the slowest", why: "hangs: it took \(Int(entry.slowestSeconds)) s", line: line)]
    }
    return row
  }
}

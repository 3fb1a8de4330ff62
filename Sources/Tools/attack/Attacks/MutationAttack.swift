import Foundation
import RunSupport

/// Damages files in front of every parser: the test suite's own mutation tests, with many more rounds.
struct MutationAttack: Attack {
  /// Damaged files for each parser; `MUTATION_ROUNDS` in the environment asks for more.
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
    var command = ShellCommand(words: ["swift", "test", "--disable-xctest", "--filter", "[Mm]utation"] + bench.testOptions)
    command.environment = ["MUTATION_ROUNDS": String(rounds), "MUTATION_LOG": log]
    let outcome = try Shell.run(command, scratch: "\(bench.folder)/mutations", limit: 7200)
    let lines = ((try? String(contentsOfFile: log, encoding: .utf8)) ?? "").split(separator: "\n")
    // Several cases of a test are one parser.
    let entries = Dictionary(grouping: try lines.map { try JSONDecoder().decode(Entry.self, from: Data($0.utf8)) }, by: \.parser)
    var rows = entries.values.map { row($0, line: command.line) }
    if !outcome.hasSucceeded || rows.isEmpty {
      var row = AttackRow(subject: "all parsers", what: "damaged files")
      let reason = TestOutput(outcome.output + "\n" + outcome.errors).failure
      row.count(.failed("the tests end with \(outcome.end): \(reason)"), of: "the tests", line: command.line)
      rows.append(row)
    }
    rows.sorted { $0.subject < $1.subject }.forEach(found)
  }

  private func row(_ entries: [Entry], line: String) -> AttackRow {
    var row = AttackRow(subject: entries[0].parser, what: "damaged files")
    row.tried = entries.reduce(0) { $0 + $1.tried }
    row.healed = entries.reduce(0) { $0 + $1.refused }
    row.unharmed = row.tried - row.healed
    let slowest = entries.map(\.slowestSeconds).max() ?? 0
    row.note = String(format: "slowest %.2f s", slowest)
    if slowest > Self.mostSeconds {
      row.failures = [AttackRow.Failure(label: "the slowest", why: "hangs: it took \(Int(slowest)) s", line: line)]
    }
    return row
  }
}

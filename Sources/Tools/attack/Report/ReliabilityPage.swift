import Documents
import Foundation
import RunSupport

/// `docs/reliability.md`, from the records of all attacks.
enum ReliabilityPage {
  static func write(records folder: String, to path: String) throws {
    let records = try AttackKind.allCases.compactMap { kind -> AttackRecord? in
      let path = "\(folder)/\(kind.rawValue).json"
      guard FileManager.default.fileExists(atPath: path) else { return nil }
      return try JSONText.decode(AttackRecord.self, fromFile: path, madeBy: "make attack")
    }
    try AtomicFile.writeIfChanged(text(records), to: path)
  }

  private static func text(_ records: [AttackRecord]) -> String {
    let missing = AttackKind.allCases.filter { kind in !records.contains { $0.kind == kind } }
    let absence = missing.isEmpty ? "" : "Not attacked yet: \(missing.map(\.title).joined(separator: "; ")).\n\n"
    return introduction
      + MarkdownText.table(
        ["attack", "tried", "survived", "failures", "date", "revision", "minutes"], records.map(summary))
      + "\n\(absence)" + machines(records) + records.map(section).joined()
  }

  private static let introduction = """
    # Reliability

    Written by `make attack`; do not edit. Small trainings, preparations, downloads, tables and figures were attacked as a bad machine would do it:
    system calls that fail, a full disk, limits, kills, closed streams, an odd environment, several at once, damaged files. An attack is
    survived if the call ended well with the right bytes, or said that it failed with an exit code other than 0; if afterwards the same
    command, undisturbed, ended with the bytes of a call that was never attacked; and if nothing was left over. It fails if something is lost in
    silence (exit code 0), if a process crashes or hangs, or if the same command cannot mend it.

    `make attack` repeats all of it, `make attack ATTACK=kills` one attack, `make attack-sample` a sample within two minutes. The full disk needs the
    right to mount a file system, nothing else needs root.


    """

  private static func summary(_ record: AttackRecord) -> [String] {
    let revision = record.code.revision.prefix(9) + (record.code.isDirty ? " (changed)" : "")
    return [
      "`\(record.kind.rawValue)`: \(record.kind.title)", "\(record.tried)", "\(record.tried - record.failures.count)",
      "\(record.failures.count)",
      record.date,
      String(revision), String(format: "%.1f", record.minutes),
    ]
  }

  private static func machines(_ records: [AttackRecord]) -> String {
    records.map { "Machine: \($0.machine); seed \($0.seed)." }.unique().joined(separator: "\n") + "\n"
  }

  private static func section(_ record: AttackRecord) -> String {
    let isMutation = record.kind == .mutations
    let rows = record.rows.filter { $0.tried > 0 || !$0.note.isEmpty }
    let table = MarkdownText.table(
      [
        isMutation ? "parser" : "attacked", "how", "tried", isMutation ? "read" : "unharmed", isMutation ? "refused" : "failed and healed",
        "lost", "note",
      ],
      rows.map { [$0.subject, $0.what, "\($0.tried)", "\($0.unharmed)", "\($0.healed)", "\($0.failures.count)", $0.note] })
    return "\n## \(record.kind.title.prefix(1).uppercased() + record.kind.title.dropFirst())\n\n" + table + failures(record)
  }

  /// The lines that repeat what failed; `W` is the folder of the attack, `B` that of the tools.
  private static func failures(_ record: AttackRecord) -> String {
    if record.failures.isEmpty { return "" }
    let items = record.rows.flatMap { row in
      row.failures.map { failure in
        let line = failure.line.replacing(record.work, with: "$W").replacing(record.tools, with: "$B").replacing("\n", with: " ")
        return "- \(row.subject), \(failure.label): \(failure.why.replacing(record.work, with: "$W"))\n\n      \(line)\n"
      }
    }
    return "\nFailures (`W=$PWD/.build/attack B=$PWD/.build/release`):\n\n" + items.joined(separator: "\n")
  }
}

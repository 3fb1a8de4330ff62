/// One line of the table: what was tried on whom, and what became of it.
struct AttackRow: Codable, Sendable {
  /// Workload or parser.
  let subject: String
  let what: String
  var tried = 0
  var unharmed = 0
  var healed = 0
  /// Further numbers of this attack, or the reason why nothing was tried.
  var note = ""
  var failures: [Failure] = []

  struct Failure: Codable, Sendable {
    let label: String
    let why: String
    /// The line that repeats it.
    let line: String
  }

  init(subject: String, what: String) {
    self.subject = subject
    self.what = what
  }

  var survived: Int { tried - failures.count }

  mutating func count(_ verdict: Verdict, of label: String, line: String) {
    switch verdict {
    case .missed: return
    case .unharmed: unharmed += 1
    case .healed: healed += 1
    case .failed(let why): failures.append(Failure(label: label, why: why, line: line))
    }
    tried += 1
  }

  mutating func add(_ other: AttackRow) {
    tried += other.tried
    unharmed += other.unharmed
    healed += other.healed
    failures += other.failures
  }

  var text: String {
    let lines = failures.map { "    FAILED \($0.label): \($0.why)\n      \($0.line)" }
    return (["  \(subject), \(what): \(survived) of \(tried) survived\(note.isEmpty ? "" : "; \(note)")"] + lines).joined(separator: "\n")
  }
}

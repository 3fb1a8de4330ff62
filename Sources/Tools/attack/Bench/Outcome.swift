/// How a command ended.
struct Outcome: Sendable {
  enum End: Equatable, Sendable {
    case exit(Int32)
    case signal(Int32)
    /// It was stopped at the time limit.
    case timeLimit
  }

  let end: End
  let output: String
  let errors: String
  let seconds: Double

  var hasSucceeded: Bool { end == .exit(0) }

  /// The signal of which it died, also if a shell tells of it.
  var signal: Int32? {
    switch end {
    case .signal(let number): number
    case .exit(let code) where code > 128 && code != 130: code - 128
    case .exit, .timeLimit: nil
    }
  }

  /// What it said first about its failure.
  var complaint: String {
    errors.split(separator: "\n").first { $0.contains(/error/.ignoresCase()) }.map(String.init) ?? ""
  }
}

/// A failure that a user, a file or a network can cause: what happened, where, why, and what to do about it.
package struct StageError: Error, CustomStringConvertible, Equatable {
  /// Exit codes of every tool, after BSD's sysexits.
  package enum Code: Int32, Sendable {
    case usage = 64
    case badData = 65
    case missingInput = 66
    case internalBug = 70
    /// The system gives no more threads or memory.
    case systemShortage = 71
    case inputOutput = 74
    case retryLater = 75
    case badConfiguration = 78
    case interrupted = 130
  }

  package var code: Code
  package var what: String
  package var location: String
  package var why: String
  package var remedy: String

  package init(_ code: Code, _ what: String, where location: String, why: String, fix remedy: String) {
    self.code = code
    self.what = what
    self.location = location
    self.why = why
    self.remedy = remedy
  }

  /// Four lines, as printed behind `error: `.
  package var description: String {
    "\(what)\n  where: \(location)\n  why:   \(why)\n  fix:   \(remedy)"
  }
}

import Foundation

extension StageError {
  /// Ends the process with this error: its four lines for the user, a note for the summary of many runs, and its exit code.
  package func endProcess() -> Never {
    Messages.line("error: \(self)")
    FailureNote.leave(self)
    StandardStreams.endProcess(code.rawValue)
  }
}

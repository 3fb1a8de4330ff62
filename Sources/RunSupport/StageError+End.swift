import Foundation

extension StageError {
  /// Ends the process with this error: its four lines for the user, a note for the summary of many runs, and its exit code.
  package func endProcess() -> Never {
    leaveWords()
    StandardStreams.endProcess(code.rawValue)
  }

  /// What `endProcess` says before: the four lines and the note.
  package func leaveWords() {
    Messages.line("error: \(self)")
    FailureNote.leave(self)
  }
}

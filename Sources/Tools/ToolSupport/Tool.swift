import ArgumentParser
import Foundation
import RunSupport

/// A command-line tool whose failures become the four-part message on standard error and the exit codes of `StageError`.
package protocol Tool: ParsableCommand {}

extension Tool {
  /// Parses the command line, runs the tool and ends the process.
  ///
  /// - Parameter prepare: comes first; its failures are the tool's.
  package static func runAndExit(preparing prepare: () throws -> Void = {}) -> Never {
    do {
      try prepare()
      var command = try parseAsRoot()
      try command.run()
      Foundation.exit(0)
    } catch {
      // Usage errors, --help and --version: the parser knows how to print them; its usage code is 64. Not all its types are public.
      if String(reflecting: type(of: error)).hasPrefix("ArgumentParser.") { exit(withError: error) }
      let failure = error as? StageError ?? StageError(wrapping: error)
      FileHandle.standardError.write(Data("error: \(failure)\n".utf8))
      FailureNote.leave(failure)
      Foundation.exit(failure.code.rawValue)
    }
  }

  /// Tells the user of something that was passed over, in the same form.
  package static func warn(_ warning: StageError) {
    FileHandle.standardError.write(Data("warning: \(warning)\n".utf8))
  }

  package static func main() { runAndExit() }
}

import ArgumentParser
import Foundation
import RunSupport

/// A command-line tool whose failures become the four-part message on standard error and the exit codes of `StageError`.
package protocol Tool: ParsableCommand {}

extension Tool {
  /// Parses the command line, runs the tool and ends the process; a tool whose results could not be written has failed.
  ///
  /// - Parameter prepare: comes first; its failures are the tool's.
  package static func runAndExit(preparing prepare: () throws -> Void = {}) -> Never {
    StandardStreams.open()
    do {
      try run(preparing: prepare)
      try StandardStreams.close()
      StandardStreams.endProcess(0)
    } catch {
      (error as? StageError ?? StageError(wrapping: error)).endProcess()
    }
  }

  /// Help and versions are results like others; the parser knows their words, and those of usage errors, whose code is 64.
  private static func run(preparing prepare: () throws -> Void) throws {
    do {
      try prepare()
      var command = try parseAsRoot()
      try command.run()
    } catch {
      // Not all its types are public.
      guard String(reflecting: type(of: error)).hasPrefix("ArgumentParser.") else { throw error }
      let (code, text) = (exitCode(for: error), fullMessage(for: error))
      if code.isSuccess { return print(text) }
      if !text.isEmpty { Messages.line(text) }
      StandardStreams.endProcess(code.rawValue)
    }
  }

  /// Tells the user of something that was passed over, in the same form.
  package static func warn(_ warning: StageError) { Messages.line("warning: \(warning)") }

  package static func main() { runAndExit() }
}

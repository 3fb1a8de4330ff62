import ArgumentParser
import Foundation
import RunSupport

/// A command-line tool whose failures become the four-part message on standard error and the exit codes of `StageError`.
package protocol Tool: ParsableCommand {}

extension Tool {
  /// Parses the command line, runs the tool and ends the process.
  package static func runAndExit() -> Never {
    var command: any ParsableCommand
    do {
      command = try parseAsRoot()
    } catch {
      // Usage errors, --help and --version: the parser knows how to print them; its usage code is 64.
      exit(withError: error)
    }
    do {
      try command.run()
      Foundation.exit(0)
    } catch  where error is CleanExit || error is ExitCode || error is ValidationError {
      exit(withError: error)
    } catch {
      let failure = error as? StageError ?? StageError(wrapping: error)
      FileHandle.standardError.write(Data("error: \(failure)\n".utf8))
      Foundation.exit(failure.code.rawValue)
    }
  }

  /// Tells the user of something that was passed over, in the same form.
  package static func warn(_ warning: StageError) {
    FileHandle.standardError.write(Data("warning: \(warning)\n".utf8))
  }

  package static func main() { runAndExit() }
}

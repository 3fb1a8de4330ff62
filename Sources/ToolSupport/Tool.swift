import ArgumentParser
import Foundation
import RunSupport

/// A command-line tool whose failures become the four-part message on standard error and the exit codes of `StageError`.
package protocol Tool: ParsableCommand {}

extension Tool {
  /// Parses the command line, runs the tool and ends the process.
  package static func runAndExit() -> Never {
    do {
      var command = try parseAsRoot()
      try command.run()
      Foundation.exit(0)
    } catch let error as StageError {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      Foundation.exit(error.code.rawValue)
    } catch {
      // Usage errors, --help and --version: the parser knows how to print them; its usage code is 64.
      exit(withError: error)
    }
  }

  package static func main() { runAndExit() }
}

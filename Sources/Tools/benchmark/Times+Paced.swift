import Foundation
import RunSupport
import ToolSupport

extension Times {
  /// One step for each line of standard input, whose milliseconds are printed at once, so that another program may take turns.
  ///
  /// - Throws: `StageError` (`usage`) if no step was asked for.
  static func paced(_ step: () -> Void) throws -> Times {
    say("ready")
    var times: [Double] = []
    while readLine() != nil {
      times.append(milliseconds { step() })
      say(decimals(times.last ?? 0, 3))
    }
    guard !times.isEmpty else {
      throw StageError(
        .usage, "no step was asked for", where: "standard input", why: "--paced takes a step for each line, and there was none",
        fix: "write a line for each step, or leave --paced out")
    }
    return Times(times)
  }

  /// At once, although standard output may be a pipe.
  private static func say(_ line: String) {
    print(line)
    fflush(nil)
  }
}

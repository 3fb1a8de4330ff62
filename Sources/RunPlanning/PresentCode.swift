import Foundation
import Runs

/// The code that is here, as far as names and times tell it apart from that of a finished run.
package struct PresentCode: Sendable {
  private let code: CodeRevision
  private let builtAt: Date?

  /// - Parameter executable: the tool that trains.
  package init(_ code: CodeRevision, executable: String) {
    (self.code, builtAt) = (code, FileManager.default.modificationDate(of: executable))
  }

  /// Why a run may not be what this code would make, behind "made by"; nil if nothing says so.
  package func difference(from run: FinishedRun) -> String? {
    let summary = run.summary
    if code.revision != CodeRevision.unknown, summary.revision != CodeRevision.unknown, code.revision != summary.revision {
      return "revision \(summary.revision.prefix(9)), the code here is \(code.revision.prefix(9))"
    }
    // Uncommitted code has no name, but what was built after the run can be other code.
    let finished = ["provenance", "summary"].compactMap { FileManager.default.modificationDate(of: "\(run.directory)/\($0).json") }.first
    guard code.isDirty || summary.dirty, let builtAt, let finished, builtAt > finished else { return nil }
    return "uncommitted code, and the executables were built after it"
  }
}

import Foundation
import RunSupport

/// Which code made a run: the last commit that touched what is compiled, so that editing a page or an experiment makes no run stale.
package struct CodeRevision: Codable, Sendable, Equatable {
  /// A commit id, or `unknown` outside of a git checkout.
  package var revision: String
  package static let unknown = "unknown"
  /// Whether compiled sources differ from it.
  package var isDirty: Bool

  package init(revision: String, isDirty: Bool) { (self.revision, self.isDirty) = (revision, isDirty) }

  /// Paths of what is compiled; the catalogue's folder of experiments is left out, because it holds no Swift.
  private static let compiledPaths = ["Package.swift", "Sources", ":(exclude)Sources/Catalogue/Experiments"]

  /// Asks git in a folder of the checkout's top level.
  package static func current(in folder: String = ".") -> CodeRevision {
    // Code is not called clean because git could not say so.
    guard let revision = git(["-C", folder, "log", "-1", "--format=%H", "--"] + compiledPaths), !revision.isEmpty,
      let changes = git(["-C", folder, "status", "--porcelain", "--"] + compiledPaths)
    else { return CodeRevision(revision: unknown, isDirty: false) }
    return CodeRevision(revision: revision, isDirty: !changes.isEmpty)
  }

  private static func git(_ arguments: [String]) -> String? {
    guard let process = try? ChildProcess("/usr/bin/env", ["git"] + arguments, output: .captured, errors: .discarded), process.status == 0
    else { return nil }
    return String(decoding: process.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

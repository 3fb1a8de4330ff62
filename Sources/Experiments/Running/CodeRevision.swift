import Foundation
import RunSupport

/// Which code made a run: the last commit that touched what is compiled, so that editing a page or an experiment makes no run stale.
package struct CodeRevision: Codable, Sendable, Equatable {
  /// A commit id, or `unknown` outside of a git checkout.
  package var revision: String
  /// Whether compiled sources differ from it.
  package var isDirty: Bool

  private static let compiledPaths = ["Package.swift", "Sources", ":(exclude)Sources/Experiments/Catalogue"]

  /// Asks git in the current folder.
  package static func current() -> CodeRevision {
    guard let revision = git(["log", "-1", "--format=%H", "--"] + compiledPaths), !revision.isEmpty else {
      return CodeRevision(revision: "unknown", isDirty: false)
    }
    let changes = git(["status", "--porcelain", "--"] + compiledPaths) ?? ""
    return CodeRevision(revision: revision, isDirty: !changes.isEmpty)
  }

  private static func git(_ arguments: [String]) -> String? {
    guard let process = try? ChildProcess("/usr/bin/env", ["git"] + arguments, output: .captured, errors: .discarded), process.status == 0
    else { return nil }
    return String(decoding: process.output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

import Catalogue
import Foundation
import RunSupport
import Runs
import TestSupport
import Testing

/// What makes code differ from its commit.
@Suite(.temporaryFolder) struct CodeRevisionTests {
  private func git(_ arguments: String...) throws {
    let words = ["git", "-C", folder, "-c", "user.name=test", "-c", "user.email=test@localhost"] + arguments
    #expect(try ChildProcess("/usr/bin/env", words, output: .discarded, errors: .inherited).status == 0, "\(words)")
  }

  @Test("an edited experiment leaves code clean and its revision as it is; Swift beside it does not")
  func catalogue() throws {
    let (code, experiment) = ("Sources/Catalogue/Preset.swift", "Sources/Catalogue/Experiments/tiny/tiny-a.yaml")
    try git("init", "--quiet")
    for path in ["Package.swift", code, experiment] { try AtomicFile.write("a\n", to: "\(folder)/\(path)") }
    try git("add", ".")
    try git("commit", "--quiet", "--message", "first")
    let first = CodeRevision.current(in: folder)
    #expect(first.revision.count == 40 && !first.isDirty)
    try AtomicFile.write("b\n", to: "\(folder)/\(experiment)")
    #expect(CodeRevision.current(in: folder) == first)
    try git("commit", "--quiet", "--all", "--message", "second")
    #expect(CodeRevision.current(in: folder) == first)
    try AtomicFile.write("b\n", to: "\(folder)/\(code)")
    let edited = CodeRevision.current(in: folder)
    #expect(edited.revision == first.revision && edited.isDirty)
  }

  @Test("code whose changes git cannot tell is unknown, not clean")
  func damagedIndex() throws {
    try git("init", "--quiet")
    try AtomicFile.write("a\n", to: "\(folder)/Package.swift")
    try git("add", ".")
    try git("commit", "--quiet", "--message", "first")
    try AtomicFile.write("no index", to: "\(folder)/.git/index")
    #expect(CodeRevision.current(in: folder).revision == CodeRevision.unknown)
  }

  @Test("outside of a checkout the revision is unknown")
  func unknown() throws {
    let code = CodeRevision.current(in: folder)
    #expect(code.revision == "unknown" && !code.isDirty)
  }
}

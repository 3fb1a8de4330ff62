import Catalogue
import Foundation
import RunSupport
import Runs
import TestSupport
import Testing

/// What makes code differ from its commit.
@Suite struct CodeRevisionTests {
  private func git(_ arguments: String..., in folder: String) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["git", "-C", folder, "-c", "user.name=test", "-c", "user.email=test@localhost"] + arguments
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0, "git \(arguments.joined(separator: " "))")
  }

  @Test("an edited experiment leaves code clean and its revision as it is; Swift beside it does not")
  func catalogue() throws {
    let (code, experiment) = ("Sources/Catalogue/Preset.swift", "Sources/Catalogue/Experiments/tiny/tiny-a.yaml")
    try withTemporaryFolder { folder in
      try git("init", "--quiet", in: folder)
      for path in ["Package.swift", code, experiment] { try AtomicFile.write("a\n", to: "\(folder)/\(path)") }
      try git("add", ".", in: folder)
      try git("commit", "--quiet", "--message", "first", in: folder)
      let first = CodeRevision.current(in: folder)
      #expect(first.revision.count == 40 && !first.isDirty)
      try AtomicFile.write("b\n", to: "\(folder)/\(experiment)")
      #expect(CodeRevision.current(in: folder) == first)
      try git("commit", "--quiet", "--all", "--message", "second", in: folder)
      #expect(CodeRevision.current(in: folder) == first)
      try AtomicFile.write("b\n", to: "\(folder)/\(code)")
      let edited = CodeRevision.current(in: folder)
      #expect(edited.revision == first.revision && edited.isDirty)
    }
  }

  @Test("outside of a checkout the revision is unknown")
  func unknown() throws {
    try withTemporaryFolder { folder in
      let code = CodeRevision.current(in: folder)
      #expect(code.revision == "unknown" && !code.isDirty)
    }
  }
}

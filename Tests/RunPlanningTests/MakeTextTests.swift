import Catalogue
import Foundation
import RunFixtures
import RunPlanning
import RunSupport
import TestSupport
import Testing

/// Folders of data whose names mean something to Make or a shell.
@Suite(.temporaryFolder) struct MakeTextTests {
  private func rules(_ folder: String) throws -> String {
    let goal = try MakeGoal("data-celeba", in: ExperimentCatalogue.shared(), preset: .smoke, data: folder)
    return try MakeRules([], data: try goal.data(), results: "r", dataFolder: folder).text
  }

  @Test(
    "a path with blanks, quotes and signs is one target and one word", arguments: ["a b", "it's", "a \"b\"", "$x #1", "a:b=c", "[a]*?&(b)"])
  func anyPath(name: String) throws {
    let place = "\(folder)/\(name)"
    let recipe = try rules(place).replacing(#/\t\$\(BIN\).*--output /#, with: "\t@mkdir -p ").replacing(#/\t@\$\(BIN\).*/#, with: "\t@:")
    try AtomicFile.write("\(recipe)BUILT :=\ndry :=\n", to: "\(folder)/Makefile")
    let make = try ChildProcess("/usr/bin/env", ["make", "-C", folder, "runs-and-data"], output: .captured, errors: .captured)
    #expect(make.status == 0, "\(String(decoding: make.output + make.errors, as: UTF8.self))")
    #expect(FileManager.default.fileExists(atPath: "\(place)/prepared/celeba"))
    let others = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(Set(others) == ["Makefile", name], "\(others)")
  }

  @Test("a path that no rule can name is refused", arguments: ["a%b", "a;b", "a|b", "a\\b", "a\tb", "a\nb", "~/a", ""])
  func impossible(name: String) {
    let error = #expect(throws: StageError.self) { try rules(name) }
    #expect(error?.code == .usage && error?.what == "DATA is no folder that Make can work with", "\(String(describing: error))")
  }
}

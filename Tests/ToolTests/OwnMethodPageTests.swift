import Foundation
import TestSupport
import Testing

/// `docs/your-own-method.md`: its changes still fit the sources, and its first experiment resolves and would run. Building and training all of
/// them takes minutes and was done by hand when they were written.
@Suite(.temporaryFolder) struct OwnMethodPageTests {
  /// What the page prints of a file: all of it, or a change of it.
  private struct Piece {
    let path: String?
    let language: String
    let text: String
  }

  /// Code blocks; `New file `path`:` stands before one that is a whole file.
  private static func pieces() throws -> [Piece] {
    let page = try String(contentsOfFile: "\(Fixtures.repository)/docs/your-own-method.md", encoding: .utf8)
    return page.matches(of: /(?:New file `([^`]+)`[^\n]*\n\n)?```([a-z]*)\n((?s:.*?))```\n/).map {
      Piece(path: $0.1.map(String.init), language: String($0.2), text: String($0.3))
    }
  }

  private func write(_ text: String, to path: String) throws {
    let target = "\(folder)/\(path)"
    try FileManager.default.createDirectory(atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    try text.write(toFile: target, atomically: false, encoding: .utf8)
  }

  @Test("every change still fits the file that it changes, and new files are new") func changes() throws {
    for path in ["Package.swift", "scripts", "Sources", "Tests"] {
      let original = URL(fileURLWithPath: "\(Fixtures.repository)/\(path)").resolvingSymlinksInPath()
      try FileManager.default.copyItem(atPath: original.path, toPath: "\(folder)/\(path)")
    }
    let pieces = try Self.pieces()
    let changes = pieces.filter { $0.language == "diff" }
    #expect(changes.count >= 3 && pieces.count { $0.path != nil } >= 8)
    for change in changes {
      try write(change.text, to: "change.diff")
      let result = try ProcessResult.run(
        "/usr/bin/env", ["git", "apply", "-C1", "change.diff"], in: folder, environment: ["GIT_CEILING_DIRECTORIES": folder])
      #expect(result.status == 0, "\(result.errors)\(change.text)")
    }
    for piece in pieces {
      guard let path = piece.path else { continue }
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/\(path)"), "\(path)")
    }
  }

  @Test("the experiment that needs no Swift resolves, and Make would train its group") func experiment() throws {
    let workspace = try MakeWorkspace()
    let pieces = try Self.pieces()
    let experiment = try #require(pieces.first { $0.path?.hasSuffix(".yaml") == true })
    try write(experiment.text, to: experiment.path ?? "")
    let id = ((experiment.path ?? "") as NSString).lastPathComponent.replacing(".yaml", with: "")
    for preset in ["smoke", "reduced", "paper"] {
      try BuiltTool.succeed(
        "plan-runs", ["resolve", "--catalogue", "\(folder)/Sources/Catalogue/Experiments", "--experiment", id, "--preset", preset])
    }
    let commands = pieces.filter { $0.language.isEmpty }.flatMap { $0.text.split(separator: "\n").map(String.init) }
      .map { $0.replacing(/\s+#.*$/, with: "") }.filter { $0.hasPrefix("make ") }
    #expect(commands.contains("make reproduce-mine PRESET=smoke"))
    // Those of the later examples need what is built for them.
    for command in commands.prefix(while: { !$0.contains("geometric") }) {
      let (result, _) = try workspace.make(["-n"] + command.split(separator: " ").dropFirst().map(String.init))
      #expect(result.status == 0, "\(command): \(result.errors)")
    }
  }
}

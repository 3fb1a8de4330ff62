import Foundation
import Testing

/// The executables that were built together with these tests.
enum BuiltTool {
  /// The folder of the test bundle, where the build puts every executable.
  static let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent().path

  static func path(_ name: String) -> String { "\(folder)/\(name)" }

  static func run(_ name: String, _ arguments: [String]) throws -> ProcessResult { try ProcessResult.run(path(name), arguments) }

  /// Runs a tool that must succeed.
  @discardableResult
  static func succeed(
    _ name: String, _ arguments: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ProcessResult {
    let result = try run(name, arguments)
    try #require(result.status == 0, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
    return result
  }

  /// Runs a tool that must end with an exit code and an error of four parts that holds some words.
  static func refuse(
    _ name: String, _ arguments: [String], status: Int32, _ words: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try run(name, arguments)
    #expect(result.status == status, "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
    for part in words + ["error: ", "  where: ", "  why:   ", "  fix:   "] {
      #expect(result.errors.contains(part), "\(arguments): \(result.errors)", sourceLocation: sourceLocation)
    }
  }
}

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

  /// The rows that a tool prints, as values by column name; every row must have as many fields as the header, and nothing else be said.
  static func table(_ name: String, _ arguments: [String]) throws -> [[String: String]] {
    let result = try succeed(name, arguments)
    #expect(result.errors == "", "\(arguments): \(result.errors)")
    return rows(result.output)
  }

  static func rows(_ text: String) -> [[String: String]] {
    let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(lines.allSatisfy { $0.count == lines[0].count }, "\(text.prefix(500))")
    return lines.dropFirst().map { Dictionary(uniqueKeysWithValues: zip(lines[0], $0)) }
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

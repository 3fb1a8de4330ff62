import Foundation

/// The executables that were built together with these tests.
enum BuiltTool {
  /// The folder of the test bundle, where the build puts every executable.
  static let folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent().path

  static func path(_ name: String) -> String { "\(folder)/\(name)" }
}

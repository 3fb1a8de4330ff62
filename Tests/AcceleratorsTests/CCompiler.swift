import Foundation
import RunSupport
import Testing

/// The C compiler that comes with Swift.
enum CCompiler {
  static let isThere = (try? run(["--version"]))?.status == 0

  /// Compiles a text into an executable, or with `-shared` into a library.
  static func compile(_ text: String, to path: String, _ options: String...) throws {
    try text.write(toFile: path + ".c", atomically: false, encoding: .utf8)
    let child = try run(options + ["-O0", "-o", path, path + ".c"])
    if child.status != 0 {
      throw StageError(
        .internalBug, "a test's C program is not compiled", where: path, why: String(decoding: child.errors, as: UTF8.self), fix: "mend it")
    }
  }

  private static func run(_ arguments: [String]) throws -> ChildProcess {
    try ChildProcess("/usr/bin/env", ["clang"] + arguments, output: .captured, errors: .captured)
  }
}

extension Trait where Self == ConditionTrait {
  static var needsCompiler: Self { .enabled(if: CCompiler.isThere, "clang is not installed") }
}

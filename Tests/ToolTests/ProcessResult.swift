import RunSupport

/// How a program ended and what it said.
struct ProcessResult {
  let status: Int32
  let output: String
  let errors: String

  /// Runs a program to its end; what it inherits from a surrounding Make is removed.
  static func run(_ executable: String, _ arguments: [String], in folder: String = ".", environment: [String: String] = [:]) throws
    -> ProcessResult
  {
    let clean = ["-C", folder] + ["MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"].flatMap { ["-u", $0] }
    let child = try ChildProcess(
      "/usr/bin/env", clean + [executable] + arguments, environment: environment, output: .captured, errors: .captured)
    return ProcessResult(
      status: child.status, output: String(decoding: child.output, as: UTF8.self), errors: String(decoding: child.errors, as: UTF8.self))
  }
}

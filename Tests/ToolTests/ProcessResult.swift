import Foundation

/// How a program ended and what it said.
struct ProcessResult {
  let status: Int32
  let output: String
  let errors: String

  /// Runs a program to its end; what it inherits from a surrounding Make is removed.
  static func run(_ executable: String, _ arguments: [String], in folder: String? = nil, environment: [String: String] = [:]) throws
    -> ProcessResult
  {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = URL(fileURLWithPath: folder) }
    let inherited = ProcessInfo.processInfo.environment.filter { !["MAKEFLAGS", "MFLAGS", "MAKELEVEL", "MAKEOVERRIDES"].contains($0.key) }
    process.environment = inherited.merging(environment) { $1 }
    let output = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    _ = FileManager.default.createFile(atPath: output.path, contents: nil)
    defer { try? FileManager.default.removeItem(at: output) }
    let pipe = Pipe()
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = pipe
    try process.run()
    let errors = String(decoding: (try? pipe.fileHandleForReading.readToEnd()) ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    return ProcessResult(
      status: process.terminationStatus, output: try String(contentsOf: output, encoding: .utf8), errors: errors)
  }
}

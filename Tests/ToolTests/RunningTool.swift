import Foundation

/// A tool that runs beside the test, so that the test can send it signals.
final class RunningTool {
  private let process = Process()
  private let errorPath = NSTemporaryDirectory() + "ssm-repro-test-\(UUID().uuidString)"

  convenience init(_ name: String, _ arguments: [String]) throws { try self.init([BuiltTool.path(name)] + arguments) }

  /// - Parameters:
  ///   - words: a program by its path, and its arguments.
  ///   - environment: variables that differ from those of this process.
  init(_ words: [String], environment: [String: String] = [:]) throws {
    _ = FileManager.default.createFile(atPath: errorPath, contents: nil)
    process.executableURL = URL(fileURLWithPath: words[0])
    process.arguments = Array(words.dropFirst())
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle(forWritingAtPath: errorPath)
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  deinit { try? FileManager.default.removeItem(atPath: errorPath) }

  /// What it wrote to standard error so far.
  var errors: String { (try? String(contentsOfFile: errorPath, encoding: .utf8)) ?? "" }

  var identifier: Int32 { process.processIdentifier }

  /// To a process that has ended nothing: its number may be another's.
  func send(_ signal: Int32) { if process.isRunning { kill(process.processIdentifier, signal) } }

  /// Waits for the end; the status of a process that a signal killed is the negative signal.
  func finish() -> ProcessResult {
    process.waitUntilExit()
    let status = process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
    return ProcessResult(status: status, output: "", errors: errors)
  }
}

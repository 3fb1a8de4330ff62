import Foundation
import RunSupport

/// Runs lines of the shell with a time limit.
enum Shell {
  /// Runs a command to its end.
  ///
  /// - Parameters:
  ///   - scratch: folder for what it writes to its streams.
  ///   - limit: seconds until it counts as hung, and is killed with what it started.
  static func run(_ command: ShellCommand, scratch: String, limit: Double) throws -> Outcome {
    try AtomicFile.makeDirectory(scratch)
    let (output, errors) = ("\(scratch)/stdout", "\(scratch)/stderr")
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", command.line]
    process.standardInput = FileHandle.nullDevice
    let streams = try [output, errors].map { path in
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      guard let handle = FileHandle(forWritingAtPath: path) else { throw AtomicFile.failure("write a file", path) }
      return handle
    }
    (process.standardOutput, process.standardError) = (streams[0], streams[1])
    let start = Date()
    try process.run()
    var isLate = false
    while process.isRunning {
      if -start.timeIntervalSinceNow > limit {
        isLate = true
        for child in children(of: process.processIdentifier) + [process.processIdentifier] { kill(child, SIGKILL) }
        process.waitUntilExit()
      }
      usleep(2000)
    }
    for stream in streams { try? stream.close() }
    let end: Outcome.End =
      isLate ? .timeLimit : process.terminationReason == .exit ? .exit(process.terminationStatus) : .signal(process.terminationStatus)
    return Outcome(end: end, output: text(output), errors: text(errors), seconds: -start.timeIntervalSinceNow)
  }

  private static func text(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: path) ?? Data(), as: UTF8.self)
  }

  private static func children(of parent: pid_t) -> [pid_t] {
    let list = (try? String(contentsOfFile: "/proc/\(parent)/task/\(parent)/children", encoding: .utf8)) ?? ""
    return list.split(separator: " ").compactMap { pid_t($0) }.flatMap { children(of: $0) + [$0] }
  }
}

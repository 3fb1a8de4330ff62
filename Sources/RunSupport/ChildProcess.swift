import Dispatch
import Foundation
import Synchronization

/// Another program, run to its end.
package struct ChildProcess: Sendable {
  /// Where one of the program's streams goes.
  package enum Stream: Sendable {
    case captured, discarded, inherited
  }

  /// The exit code, or the number of the signal that ended the program.
  package let status: Int32
  package let wasKilled: Bool
  /// What it wrote to standard output, if captured.
  package let output: Data
  /// What it wrote to standard error, if captured.
  package let errors: Data

  /// Runs a program and waits for its end.
  ///
  /// - Parameter environment: variables that differ from those of this process.
  /// - Throws: the system's error if the program does not start.
  package init(
    _ executable: String, _ arguments: [String], environment: [String: String] = [:], output: Stream, errors: Stream
  ) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    if !environment.isEmpty { process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 } }
    let outputPipe = output == .captured ? Pipe() : nil
    let errorPipe = errors == .captured ? Pipe() : nil
    if output != .inherited { process.standardOutput = outputPipe ?? FileHandle.nullDevice }
    if errors != .inherited { process.standardError = errorPipe ?? FileHandle.nullDevice }
    try process.run()
    // Both at once: a program that fills one pipe while the other is read would wait for ever.
    let texts = orderedMap([outputPipe, errorPipe], threadCount: 2) { $0.flatMap { try? $0.fileHandleForReading.readToEnd() } ?? Data() }
    process.waitUntilExit()
    status = process.terminationStatus
    wasKilled = process.terminationReason == .uncaughtSignal
    (self.output, self.errors) = (texts[0], texts[1])
  }

  /// The path of the program that runs now.
  package static var ownExecutable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }
}

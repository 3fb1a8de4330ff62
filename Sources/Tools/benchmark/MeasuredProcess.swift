import Foundation
import RunSupport

/// One measurement in a process of its own, because peak memory belongs to a process.
enum MeasuredProcess {
  /// Runs `benchmark` again and returns the fields of its only row by column.
  ///
  /// - Throws: `StageError` of the child's code with the child's own words.
  static func row(_ arguments: [String]) throws -> [String: String] {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: executable)
    process.arguments = arguments
    let output = Pipe()
    process.standardOutput = output
    do { try process.run() } catch {
      throw StageError(
        .internalBug, "a measurement does not start", where: executable, why: error.localizedDescription, fix: "build again")
    }
    let text = String(decoding: (try? output.fileHandleForReading.readToEnd()) ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard process.terminationStatus == 0, lines.count == 2, lines[0].count == lines[1].count else {
      let isKilled = process.terminationReason == .uncaughtSignal
      throw StageError(
        StageError.Code(rawValue: process.terminationStatus) ?? .internalBug, "a measurement failed",
        where: "benchmark \(arguments.joined(separator: " "))",
        why: isKilled
          ? "signal \(process.terminationStatus) ended it; 9 means too little memory" : "it ended with \(process.terminationStatus)",
        fix: isKilled ? "leave this point out" : "see its own message above")
    }
    return Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
  }

  private static var executable: String {
    (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments[0]
  }
}

/// A row on standard output at once, so that a long table can be watched.
func printRow(_ row: String) {
  print(row)
  fflush(nil)
}

import Foundation
import RunSupport

/// One measurement in a process of its own, because peak memory belongs to a process.
enum MeasuredProcess {
  /// Runs `benchmark` again and returns the fields of its only row by column.
  ///
  /// - Throws: `StageError` of the child's code with the child's own words.
  static func row(_ arguments: [String]) throws -> [String: String] {
    let executable = ChildProcess.ownExecutable
    let process: ChildProcess
    do { process = try ChildProcess(executable, arguments, output: .captured, errors: .inherited) } catch {
      throw StageError(
        .internalBug, "a measurement does not start", where: executable, why: error.why, fix: "build again")
    }
    let text = String(decoding: process.output, as: UTF8.self)
    let lines = text.split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    guard process.status == 0, lines.count == 2, lines[0].count == lines[1].count else {
      throw StageError(
        StageError.Code(rawValue: process.status) ?? .internalBug, "a measurement failed",
        where: "benchmark \(arguments.joined(separator: " "))",
        why: process.wasKilled
          ? "signal \(process.status) ended it; 9 means too little memory" : "it ended with \(process.status)",
        fix: process.wasKilled ? "leave this point out" : "see its own message above")
    }
    return Dictionary(uniqueKeysWithValues: zip(lines[0], lines[1]))
  }
}

/// A row on standard output at once, so that a long table can be watched.
func printRow(_ row: String) {
  print(row)
  fflush(nil)
}

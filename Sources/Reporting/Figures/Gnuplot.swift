import Foundation
import RunSupport

/// The plotting program: a committed script and a CSV file become a picture, the same bytes for the same input.
package struct Gnuplot {
  /// What a script draws; the raw value ends the names of files.
  package enum Format: String, Sendable {
    case svg
    /// Animated.
    case gif

    /// What stands at the end of a picture that came whole.
    fileprivate var end: String { self == .svg ? "the closing tag </svg>" : "the end mark of the format" }

    fileprivate func isWhole(_ picture: Data) -> Bool {
      switch self {
      case .svg: String(decoding: picture.suffix(20), as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines).hasSuffix("</svg>")
      case .gif: picture.starts(with: Data("GIF89a".utf8)) && picture.last == UInt8(ascii: ";")
      }
    }
  }

  private let executable: String
  /// Called with what gnuplot says about a figure that it has drawn nevertheless.
  package var warn: (String) -> Void = { _ in }

  /// - Throws: `StageError` (`missingInput`) if gnuplot is not in a folder of `searchPath`.
  package init(searchPath: String = ProcessInfo.processInfo.environment["PATH"] ?? "") throws {
    let candidates = searchPath.split(separator: ":").map { "\($0)/gnuplot" }
    guard let found = candidates.first(where: FileManager.default.isExecutableFile) else {
      throw StageError(
        .missingInput, "gnuplot is not installed", where: "PATH=\(searchPath)", why: "no folder of the search path holds it",
        fix: "run make setup, or install the Debian package gnuplot-nox")
    }
    executable = found
  }

  /// Draws a figure: the script plots to standard output, which is taken whole.
  ///
  /// - Parameters:
  ///   - variables: names and values that the script reads.
  ///   - output: replaced at once, and only if its content changes.
  /// - Returns: whether the file changed.
  /// - Throws: `StageError`: `missingInput` without the script, `badData` if gnuplot refuses it, with gnuplot's own words, `inputOutput` if the
  ///   figure comes cut, for which gnuplot has no exit code, or cannot be written.
  package func draw(
    script: String, variables: [(name: String, value: String)], output: String, format: Format = .svg
  ) throws -> Bool {
    guard FileManager.default.isReadableFile(atPath: script) else {
      throw StageError(
        .missingInput, "no plotting script \(script)", where: script, why: "it does not exist or may not be read",
        fix: "restore it from the repository")
    }
    let assignments = variables.map { "\($0.0) = '\($0.1.replacingOccurrences(of: "'", with: "''"))'" }
    let (process, messages) = try run(["-e", assignments.joined(separator: "; "), script])
    guard process.status == 0 else {
      throw StageError(
        .badData, "gnuplot could not draw \(output)", where: script,
        why: messages.isEmpty ? "it ended with \(process.wasKilled ? "signal" : "code") \(process.status)" : messages,
        fix: "correct the script; the CSV file beside the figure is what it read")
    }
    guard format.isWhole(process.output) else {
      throw StageError(
        .inputOutput, "gnuplot drew only a part of \(output)", where: script,
        why: "\(process.output.count) bytes came, without \(format.end)" + (messages.isEmpty ? "" : "; \(messages)"),
        fix: "check the free space of the disk and of \(NSTemporaryDirectory()), then draw again")
    }
    if !messages.isEmpty { warn(messages) }
    return try AtomicFile.writeIfChanged(process.output, to: output)
  }

  private func run(_ arguments: [String]) throws -> (process: ChildProcess, messages: String) {
    do {
      // Scripts are UTF-8 whatever the user's language is, and numbers have points.
      let process = try ChildProcess(
        executable, arguments, environment: ["LC_ALL": "C.UTF-8"], output: .captured, errors: .captured)
      // Of an animated picture it counts the frames.
      let messages = String(decoding: process.errors, as: UTF8.self).split(separator: "\n")
        .filter { $0.wholeMatch(of: /[0-9]+ frames in animation sequence/) == nil }
      return (process, messages.joined(separator: "\n").trimmingCharacters(in: .whitespacesAndNewlines))
    } catch {
      throw StageError(
        .missingInput, "gnuplot does not start", where: executable, why: error.why, fix: "install gnuplot-nox again")
    }
  }
}

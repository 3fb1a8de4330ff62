import Foundation
import RunSupport

/// The plotting program: a committed script and a CSV file become an SVG file, the same bytes for the same input.
package struct Gnuplot {
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
  ///   - output: SVG file; replaced at once, and only if its content changes.
  /// - Returns: whether the file changed.
  /// - Throws: `StageError`: `missingInput` without the script, `badData` if gnuplot refuses it, with gnuplot's own words, `inputOutput` if the
  ///   figure comes cut, for which gnuplot has no exit code, or cannot be written.
  package func draw(script: String, variables: [(name: String, value: String)], output: String) throws -> Bool {
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
    let svg = String(decoding: process.output, as: UTF8.self)
    guard svg.suffix(20).trimmingCharacters(in: .whitespacesAndNewlines).hasSuffix("</svg>") else {
      throw StageError(
        .inputOutput, "gnuplot drew only a part of \(output)", where: script,
        why: "\(process.output.count) bytes came, without the closing tag </svg>" + (messages.isEmpty ? "" : "; \(messages)"),
        fix: "check the free space of the disk and of \(NSTemporaryDirectory()), then draw again")
    }
    if !messages.isEmpty { warn(messages) }
    return try AtomicFile.writeIfChanged(svg, to: output)
  }

  private func run(_ arguments: [String]) throws -> (process: ChildProcess, messages: String) {
    do {
      // Scripts are UTF-8 whatever the user's language is, and numbers have points.
      let process = try ChildProcess(
        executable, arguments, environment: ["LC_ALL": "C.UTF-8"], output: .captured, errors: .captured)
      return (process, String(decoding: process.errors, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    } catch {
      throw StageError(
        .missingInput, "gnuplot does not start", where: executable, why: error.why, fix: "install gnuplot-nox again")
    }
  }
}

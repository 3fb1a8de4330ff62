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

  /// Draws a figure.
  ///
  /// - Parameters:
  ///   - variables: names and values that the script reads.
  ///   - output: SVG file; replaced only if its content changes.
  /// - Returns: whether the file changed.
  /// - Throws: `StageError`: `missingInput` without the script, `badData` if gnuplot refuses it, with gnuplot's own words.
  package func draw(script: String, variables: [(name: String, value: String)], output: String) throws -> Bool {
    guard FileManager.default.isReadableFile(atPath: script) else {
      throw StageError(
        .missingInput, "no plotting script \(script)", where: script, why: "it does not exist or may not be read",
        fix: "restore it from the repository")
    }
    try AtomicFile.makeDirectory((output as NSString).deletingLastPathComponent)
    let side = AtomicFile.sidePath(of: output)
    defer { unlink(side) }
    let assignments = (variables + [("output", side)]).map { "\($0.0) = '\($0.1.replacingOccurrences(of: "'", with: "''"))'" }
    let (status, messages) = try run(["-e", assignments.joined(separator: "; "), script])
    guard status == 0, let svg = FileManager.default.contents(atPath: side), !svg.isEmpty else {
      throw StageError(
        .badData, "gnuplot could not draw \(output)", where: script, why: messages.isEmpty ? "it ended with code \(status)" : messages,
        fix: "correct the script; the CSV file beside the figure is what it read")
    }
    if !messages.isEmpty { warn(messages) }
    return try AtomicFile.writeIfChanged(String(decoding: svg, as: UTF8.self), to: output)
  }

  private func run(_ arguments: [String]) throws -> (status: Int32, messages: String) {
    do {
      // Scripts are UTF-8 whatever the user's language is, and numbers have points.
      let process = try ChildProcess(
        executable, arguments, environment: ["LC_ALL": "C.UTF-8"], output: .discarded, errors: .captured)
      return (process.status, String(decoding: process.errors, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines))
    } catch {
      throw StageError(
        .missingInput, "gnuplot does not start", where: executable, why: error.localizedDescription, fix: "install gnuplot-nox again")
    }
  }
}

import Foundation
import Reporting
import RunSupport
import TestSupport
import Testing

/// The plotting program and what becomes of its failures.
@Suite(.temporaryFolder) struct GnuplotTests {
  private static let hasGnuplot = (try? Gnuplot()) != nil

  /// A program of that name in the test's folder, found before the real one.
  private func gnuplot(_ script: String) throws -> Gnuplot {
    try AtomicFile.write("#!/bin/sh\n\(script)\n", to: "\(folder)/gnuplot")
    chmod("\(folder)/gnuplot", 0o755)
    return try Gnuplot(searchPath: folder)
  }

  private func write(_ script: String) throws -> String {
    try AtomicFile.write(script, to: "\(folder)/figure.gp")
    return "\(folder)/figure.gp"
  }

  @Test("a missing gnuplot says how to get it")
  func noGnuplot() {
    let error = #expect(throws: StageError.self) { _ = try Gnuplot(searchPath: "/nowhere:/nowhere/else") }
    #expect(error?.code == .missingInput && error?.what == "gnuplot is not installed")
  }

  @Test("a script that fails gives gnuplot's own words and leaves no file", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func failingScript() throws {
    let script = try write("set terminal svg\nplot nonsense nonsense\n")
    let error = #expect(throws: StageError.self) {
      _ = try Gnuplot().draw(script: script, variables: [], output: "\(folder)/bad.svg")
    }
    #expect(error?.code == .badData && error?.why.contains("figure.gp") == true, "\(error?.why ?? "")")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["figure.gp"])
  }

  @Test("a figure without its end is an error of input and output, whatever the exit code, and the old one stays")
  func cutFigure() throws {
    let (script, output) = (try write(""), "\(folder)/figure.svg")
    let whole = try gnuplot("printf '<svg><path/></svg>\\n'")
    #expect(try whole.draw(script: script, variables: [], output: output))
    for cut in ["printf '<svg><pa'", "exit 0", "printf '<svg></svg>'; printf '<svg><path d=\"M0,0 L1,1 L2,2\"'"] {
      let error = try #require(throws: StageError.self) {
        _ = try gnuplot(cut).draw(script: script, variables: [], output: output)
      }
      #expect(error.code == .inputOutput && error.what.hasSuffix(output), "\(cut): \(error)")
    }
    #expect(try String(contentsOfFile: output, encoding: .utf8) == "<svg><path/></svg>\n")
  }

  @Test("an animated picture is whole with its end mark; the count of its frames is no message")
  func animation() throws {
    let (script, output) = (try write(""), "\(folder)/figure.gif")
    var whole = try gnuplot("printf 'GIF89a...;'; echo '2 frames in animation sequence' >&2")
    whole.warn = { Issue.record("\($0)") }
    #expect(try whole.draw(script: script, variables: [], output: output, format: .gif))
    for cut in ["printf 'GIF89a..'", "printf 'GIF'", "exit 0"] {
      let error = try #require(throws: StageError.self) {
        _ = try gnuplot(cut).draw(script: script, variables: [], output: output, format: .gif)
      }
      #expect(error.code == .inputOutput && error.what.hasSuffix(output), "\(cut): \(error)")
    }
    #expect(try String(contentsOfFile: output, encoding: .utf8) == "GIF89a...;")
  }

  // A limit of file sizes cuts what gnuplot itself writes, with exit code 0, as a full disk does.
  @Test("gnuplot needs no room on a disk", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func fullDisk() throws {
    try Fixtures.copyPlottingScripts(to: folder)
    let limited = try gnuplot("trap '' XFSZ; ulimit -f 4; exec gnuplot \"$@\"")
    let script = try write("column_count = 1; row_count = 1; load style.'/style.gp'; set samples 5000; plot sin(50 * x)\n")
    let output = "\(folder)/figure.svg"
    #expect(try limited.draw(script: script, variables: [("style", folder), ("output", output)], output: output))
    let svg = try String(contentsOfFile: output, encoding: .utf8)
    #expect(svg.utf8.count > 20_000 && svg.hasSuffix("</svg>\n\n"))
  }
}

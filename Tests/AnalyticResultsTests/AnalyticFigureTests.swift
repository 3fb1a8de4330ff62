import AnalyticResults
import Foundation
import Reporting
import TestSupport
import Testing

@Suite(.temporaryFolder) struct AnalyticFigureTests {
  private static let hasGnuplot = (try? Gnuplot()) != nil

  @Test("every result has a script that draws it, equal input gives equal bytes", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func drawing() throws {
    try PreparedSpectra.images(in: folder)
    let output = "\(folder)/figures"
    try Fixtures.copyPlottingScripts(to: output)
    _ = try AnalyticResults.write(AnalyticResults.all, to: "\(folder)/csv", AnalyticContext(size: .tiny, preparedData: folder))
    for result in AnalyticResults.all {
      let files = try AnalyticFigure.draw(result, input: "\(folder)/csv", output: output, gnuplot: Gnuplot())
      let svg = try #require(files.last)
      #expect(svg.path == "\(output)/\(result.paper.rawValue)/\(result.name).svg" && svg.changed)
      let text = try String(contentsOfFile: svg.path, encoding: .utf8)
      #expect(text.hasSuffix("</svg>\n\n") || text.hasSuffix("</svg>\n"), "\(result.name) is drawn to its end")
      #expect(!text.contains("this fills the frame") || result.name == "dfout-figure-7-spectra", "\(result.name)")
      let again = try AnalyticFigure.draw(result, input: "\(folder)/csv", output: output, gnuplot: Gnuplot())
      #expect(again.allSatisfy { !$0.changed }, "\(result.name)")
      for file in files.dropLast() { #expect(try FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int ?? 0 > 20) }
    }
  }

  @Test("without tables a figure is an empty frame with its command", .enabled(if: hasGnuplot, "gnuplot is not installed"))
  func empty() throws {
    try Fixtures.copyPlottingScripts(to: folder)
    let result = try AnalyticResults.named(["dfout-figure-3"])[0]
    let files = try AnalyticFigure.draw(result, input: "\(folder)/nothing", output: folder, gnuplot: Gnuplot())
    #expect(files.map(\.path) == ["\(folder)/dfout/dfout-figure-3.svg"])
    let text = try String(contentsOfFile: files[0].path, encoding: .utf8)
    #expect(text.contains("make reproduce-analytic") && text.contains("this fills the frame"))
  }
}

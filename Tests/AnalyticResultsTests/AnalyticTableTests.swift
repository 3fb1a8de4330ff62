import AnalyticResults
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct AnalyticTableTests {
  private struct Squares: AnalyticResult {
    let name = "dfout-squares"
    let paper = AnalyticPaper.dfout
    let title = "Squares"
    var hasRoots = true

    func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
      var squares = table(columns: ["number", "square"])
      for number in 0..<context.sized(100, tiny: 3) { squares.append(number, Double(number * number) / 3) }
      var roots = table("roots", columns: ["note", "root"])
      roots.append("a \"root\", of two", 2.0.squareRoot())
      return hasRoots ? [squares, roots] : [squares]
    }
  }

  @Test("numbers have ten digits, fields with commas are quoted, NaN is empty")
  func text() {
    var table = AnalyticTable(name: "t", columns: ["a", "b", "c"])
    table.append("x, \"y\"", 1.0 / 3, -0.0)
    table.append(7, Double.nan, true)
    #expect(table.csv == "a,b,c\n\"x, \"\"y\"\"\",0.3333333333,0\n7,,1\n")
    #expect(table.numbers("c") == [0, 1])
  }

  @Test("tables are written once, and those that a result no longer has are deleted")
  func writing() throws {
    let context = AnalyticContext(size: .tiny, preparedData: folder)
    try AtomicFile.write("", to: "\(folder)/dfout-squaresque.csv")
    let first = try AnalyticResults.write([Squares()], to: folder, context)
    #expect(first.map(\.changed) == [true, true])
    #expect(try AnalyticResults.write([Squares()], to: folder, context).map(\.changed) == [false, false])
    #expect(AnalyticResults.tableNames(of: Squares(), in: folder) == ["dfout-squares", "dfout-squares-roots"])
    _ = try AnalyticResults.write([Squares(hasRoots: false)], to: folder, context)
    let files = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(files == ["dfout-squares.csv", "dfout-squaresque.csv"], "another result's table stays")
  }

  @Test("an unknown name suggests the nearest one")
  func unknownName() {
    #expect(stageError { _ = try AnalyticResults.named(["dfout-figure-33"]) }?.code == .usage)
  }

  @Test("names are distinct, begin with their paper, and none is the beginning of another")
  func names() {
    let results = AnalyticResults.all
    for result in results {
      #expect(result.name.hasPrefix("\(result.paper.rawValue)-"))
      #expect(results.filter { $0.name == result.name || $0.name.hasPrefix("\(result.name)-") }.count == 1, "\(result.name)")
    }
  }
}

import Documents
import Testing

@Suite struct PageTests {
  @Test("bars in Markdown and marks in HTML do not end a cell")
  func escaping() {
    #expect(MarkdownText.table(["a", "b"], [["|K|", "<x>"]]) == "| a | b |\n| --- | --- |\n| \\|K\\| | <x> |\n")
    let table = HTMLText.table(["a"], [["<b>&\"'"]], numeric: [0])
    #expect(table.contains("<td class=\"number\">&lt;b&gt;&amp;&quot;&#39;</td>") && table.contains("<th class=\"number\">a</th>"))
    #expect(HTMLText.table(["a"], markup: [["<b>x</b>"]]).contains("<td><b>x</b></td>"))
  }

  @Test("a histogram counts every value, the largest in the last bin")
  func histogram() throws {
    let chart = try #require(BarChart.histogram([.init(name: "all", values: [0, 0, 0, 24])], unit: "records"))
    #expect(chart.svg.contains("<title>all, 0.5: 3</title>") && chart.svg.contains("<title>all, 23.5: 1</title>"))
    #expect(BarChart.histogram([.init(name: "all", values: [1, 1])], unit: "records") == nil)
  }

  @Test("a curve needs two finite values; of many only the range of each column is drawn")
  func curve() {
    #expect(LinePlot(title: "x", values: [1, .nan]).svg.isEmpty)
    let points = LinePlot(title: "x", values: (0..<8000).map(Double.init)).svg.components(separatedBy: "points=\"")[1].prefix { $0 != "\"" }
    #expect(points.split(separator: " ").count == 800)
  }

  @Test("a marked part of a page is replaced, and only where both marks stand once") func parts() {
    let page = "a <!-- n -->old<!-- /n --> b"
    #expect(MarkdownText.replacing(part: "n", of: page, with: "new") == "a <!-- n -->new<!-- /n --> b")
    for wrong in ["a", "<!-- n -->", "<!-- /n --><!-- n -->", page + page] {
      #expect(MarkdownText.replacing(part: "n", of: wrong, with: "new") == nil)
    }
  }
}

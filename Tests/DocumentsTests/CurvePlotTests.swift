import Documents
import Foundation
import Testing

@Suite struct CurvePlotTests {
  private func plot(_ values: [Double?], steps: [Double]? = nil) -> String {
    CurvePlot(
      title: "<loss>", series: [CurvePlot.Series(name: "training", values: values)], steps: steps ?? values.indices.map(Double.init),
      level: ("chance", 1), mark: 1
    ) { String(format: "%.1f", $0) }.svg
  }

  @Test("the highest value lies at the top, words say both ends, and a title is escaped") func curve() {
    let svg = plot([4, 2, 3])
    #expect(svg.contains("points=\"8,24 150,74.7 292,49.3\""), "\(svg)")
    #expect(svg.contains("aria-label=\"&lt;loss&gt;: training from 4.0 to 3.0, chance 1.0\"") && !svg.contains("<loss>"))
  }

  @Test("a single epoch is a dot; gaps and what is not finite are left out; nothing is an empty text") func edges() {
    #expect(plot([2]).contains("class=\"dot s0\"") && !plot([2]).contains("nan"))
    #expect(!plot([1, nil, .nan, 2]).contains("nan"))
    #expect(plot([nil, .infinity]) == "" && plot([]) == "")
  }

  @Test("long curves keep their last point and at most 151 others") func long() {
    let svg = plot((0..<1000).map { Double($0) })
    #expect(svg.contains(" 292,24\"") && svg.count { $0 == "," } < 200)
  }
}

import Foundation

/// A few curves over the same steps in one small frame, as SVG text; the page's style has the colours.
package struct CurvePlot {
  package struct Series {
    let name: String
    /// By step; nil leaves a gap.
    let values: [Double?]

    package init(name: String, values: [Double?]) { (self.name, self.values) = (name, values) }
  }

  private static let (width, height) = (300.0, 120.0)
  private static let frame = (left: 4.0, right: 296.0, top: 20.0, bottom: 104.0)
  /// Beyond these a curve is drawn through every second, third … step.
  private static let largestCount = 150

  let title: String
  let series: [Series]
  /// The number of each step: epochs.
  let steps: [Double]
  /// A dashed line across, with its name.
  let level: (name: String, value: Double)?
  /// The step that a thin line marks.
  let mark: Double?
  /// A value in digits.
  let text: (Double) -> String

  package init(
    title: String, series: [Series], steps: [Double], level: (name: String, value: Double)? = nil, mark: Double? = nil,
    text: @escaping (Double) -> String
  ) {
    (self.title, self.series, self.steps, self.level, self.mark, self.text) = (title, series, steps, level, mark, text)
  }

  /// The plot's markup; empty where nothing is finite.
  package var svg: String {
    let finite = series.flatMap(\.values).compactMap { $0 }.filter(\.isFinite)
    guard let smallest = finite.min(), let largest = finite.max(), let first = steps.min(), let last = steps.max() else { return "" }
    let (low, high) = (min(smallest, level?.value ?? smallest), max(largest, level?.value ?? largest))
    let inner = (width: Self.frame.right - Self.frame.left - 8, height: Self.frame.bottom - Self.frame.top - 8)
    func x(_ step: Double) -> Double { Self.frame.left + 4 + inner.width * (last > first ? (step - first) / (last - first) : 0.5) }
    func y(_ value: Double) -> Double { Self.frame.top + 4 + inner.height * (high > low ? (high - value) / (high - low) : 0.5) }
    var parts = [
      "<rect class=\"frame\" x=\"4\" y=\"20\" width=\"292\" height=\"84\"/>",
      label(4, 13, title), label(296, 13, "\(text(smallest)) … \(text(largest))", anchor: "end"),
      label(4, 116, "epoch \(Int(first))"), label(296, 116, last > first ? "\(Int(last))" : "", anchor: "end"),
    ]
    if let mark { parts.append("<path class=\"mark\" d=\"M\(Self.short(x(mark))),20V104\"/>") }
    if let level { parts.append("<path class=\"level\" d=\"M4,\(Self.short(y(level.value)))H296\"/>") }
    for (place, item) in series.enumerated() { parts.append(curve(item, place: place, x: x, y: y)) }
    return "<svg class=\"curves\" viewBox=\"0 0 300 120\" role=\"img\" aria-label=\"\(HTMLText.escape(words))\">\(parts.joined())</svg>"
  }

  private func curve(_ item: Series, place: Int, x: (Double) -> Double, y: (Double) -> Double) -> String {
    let every = max(1, (steps.count + Self.largestCount - 1) / Self.largestCount)
    let points = zip(steps, item.values).enumerated().compactMap { index, point -> String? in
      guard let value = point.1, value.isFinite, index.isMultiple(of: every) || index == steps.count - 1 else { return nil }
      return "\(Self.short(x(point.0))),\(Self.short(y(value)))"
    }
    // A line of one point is not seen.
    if points.count == 1, let point = points.first { return "<path class=\"dot s\(place)\" d=\"M\(point)h0\"/>" }
    return points.isEmpty ? "" : "<polyline class=\"s\(place)\" points=\"\(points.joined(separator: " "))\"/>"
  }

  /// What the curves say, for those who do not see them.
  private var words: String {
    let ends = series.compactMap { item in
      let values = item.values.compactMap { $0 }.filter(\.isFinite)
      return values.first.flatMap { first in values.last.map { "\(item.name) from \(text(first)) to \(text($0))" } }
    }
    let level = level.map { ["\($0.name) \(text($0.value))"] } ?? []
    return "\(title): " + (ends + level).joined(separator: ", ")
  }

  private func label(_ x: Int, _ y: Int, _ text: String, anchor: String = "start") -> String {
    text.isEmpty ? "" : "<text x=\"\(x)\" y=\"\(y)\"\(anchor == "start" ? "" : " text-anchor=\"end\"")>\(HTMLText.escape(text))</text>"
  }

  private static func short(_ value: Double) -> String {
    let text = String(format: "%.1f", value)
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

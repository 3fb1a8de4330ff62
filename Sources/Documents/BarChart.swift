import Foundation

/// Bars of one or several series side by side, as SVG text.
package struct BarChart {
  package struct Series {
    let name: String
    let values: [Double]

    package init(name: String, values: [Double]) {
      self.name = name
      self.values = values
    }
  }

  private static let width = 860.0
  private static let height = 200.0
  private static let margin = (left: 56.0, right: 8.0, top: 26.0, bottom: 26.0)
  /// The colours of the page's style.
  private static let colours = ["var(--first)", "var(--second)", "var(--third)"]

  let series: [Series]
  /// The words below the bars; only as many are written as fit.
  let labels: [String]
  /// What the bars count.
  let unit: String

  package init(series: [Series], labels: [String], unit: String) {
    self.series = series
    self.labels = labels
    self.unit = unit
  }

  /// How often values fall into each of 24 equal bins from the smallest to the largest of all groups; nil if all are equal.
  package static func histogram(_ groups: [Series], unit: String) -> BarChart? {
    let all = groups.flatMap(\.values)
    guard let low = all.min(), let high = all.max(), high > low else { return nil }
    let binCount = 24
    let series = groups.map { group in
      var counts = [Double](repeating: 0, count: binCount)
      for value in group.values { counts[min(binCount - 1, Int((value - low) / (high - low) * Double(binCount)))] += 1 }
      return Series(name: group.name, values: counts)
    }
    let labels = (0..<binCount).map { String(format: "%.4g", low + (high - low) * (Double($0) + 0.5) / Double(binCount)) }
    return BarChart(series: series, labels: labels, unit: unit)
  }

  /// The chart's markup; empty if there is nothing to show.
  package var svg: String {
    let largest = series.flatMap(\.values).max() ?? 0
    guard largest > 0, !labels.isEmpty else { return "" }
    let top = Self.niceCeiling(largest)
    let inner = (width: Self.width - Self.margin.left - Self.margin.right, height: Self.height - Self.margin.top - Self.margin.bottom)
    let slot = inner.width / Double(labels.count)
    let bar = slot * 0.82 / Double(series.count)
    func y(_ value: Double) -> Double { Self.margin.top + inner.height * (1 - value / top) }
    var parts: [String] = []
    for tick in [0, top / 2, top] {
      parts.append(
        "<line x1=\"\(Self.margin.left)\" x2=\"\(Self.width - Self.margin.right)\" y1=\"\(Self.short(y(tick)))\" y2=\"\(Self.short(y(tick)))\""
          + " stroke=\"var(--line)\"/>"
          + "<text x=\"\(Self.margin.left - 6)\" y=\"\(Self.short(y(tick) + 4))\" text-anchor=\"end\">\(Self.number(tick))</text>")
    }
    for (place, item) in series.enumerated() {
      for (index, value) in item.values.enumerated() where value > 0 {
        let x = Self.margin.left + slot * (Double(index) + 0.09) + bar * Double(place)
        parts.append(
          "<rect x=\"\(Self.short(x))\" y=\"\(Self.short(y(value)))\" width=\"\(Self.short(bar))\" "
            + "height=\"\(Self.short(y(0) - y(value)))\" fill=\"\(Self.colours[place % 3])\">"
            + "<title>\(HTMLText.escape("\(item.name), \(labels[index]): \(Self.number(value))"))</title></rect>")
      }
    }
    let every = max(1, Int((Double(labels.count) * 34 / inner.width).rounded(.up)))
    for (index, label) in labels.enumerated() where index % every == 0 {
      let x = Self.margin.left + slot * (Double(index) + 0.5)
      parts.append(
        "<text x=\"\(Self.short(x))\" y=\"\(Self.height - 8)\" text-anchor=\"middle\">\(HTMLText.escape(String(label.prefix(8))))</text>")
    }
    return """
      <svg viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" aria-label="\(HTMLText.escape(unit))">
      \(legend)\(parts.joined(separator: "\n"))
      </svg>
      """
  }

  private var legend: String {
    var x = Self.margin.left
    var parts: [String] = []
    for (place, item) in series.enumerated() where series.count > 1 {
      parts.append("<rect x=\"\(x)\" y=\"4\" width=\"10\" height=\"10\" fill=\"\(Self.colours[place % 3])\"/>")
      parts.append("<text x=\"\(x + 15)\" y=\"13\">\(HTMLText.escape(item.name))</text>")
      x += 34 + 7 * Double(item.name.count)
    }
    return parts.joined() + "<text x=\"\(Self.width - Self.margin.right)\" y=\"13\" text-anchor=\"end\">\(HTMLText.escape(unit))</text>\n"
  }

  /// The next 1, 2 or 5 times a power of ten.
  private static func niceCeiling(_ value: Double) -> Double {
    let power = pow(10, log10(value).rounded(.down))
    return ([1, 2, 5, 10].first { $0 * power >= value * 0.999_999 } ?? 10) * power
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(format: "%.3g", value)
  }

  private static func short(_ value: Double) -> String { String(format: "%.1f", value) }
}

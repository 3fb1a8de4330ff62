import Foundation

/// A small curve over equal steps as SVG text.
package struct LinePlot {
  private static let width = 420.0
  private static let height = 110.0
  /// More points are drawn as the range of each column.
  private static let columns = 400

  let title: String
  let values: [Double]

  package init(title: String, values: [Double]) {
    self.title = title
    self.values = values
  }

  /// The plot's markup; empty for fewer than two finite values.
  package var svg: String {
    let finite = values.filter(\.isFinite)
    guard finite.count > 1, let low = finite.min(), let high = finite.max() else { return "" }
    let span = high > low ? high - low : 1
    func point(_ step: Int, _ value: Double) -> String {
      let x = Self.width * Double(step) / Double(finite.count - 1)
      return String(format: "%.1f,%.1f", x, 18 + (Self.height - 22) * (1 - (value - low) / span))
    }
    let size = max(1, finite.count / Self.columns)
    let points = stride(from: 0, to: finite.count, by: size).flatMap { first -> [String] in
      let column = finite[first..<min(first + size, finite.count)]
      guard size > 1, let low = column.min(), let high = column.max() else { return column.map { point(first, $0) } }
      return [point(first, low), point(first, high)]
    }
    let range = String(format: "%.3g … %.3g", low, high)
    return """
      <svg viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" width="\(Int(Self.width))" role="img" aria-label="\(HTMLText.escape(title))">
      <text x="0" y="11">\(HTMLText.escape(title))</text><text x="\(Int(Self.width))" y="11" text-anchor="end">\(range)</text>
      <polyline points="\(points.joined(separator: " "))" fill="none" stroke="var(--first)" stroke-width="1"/>
      </svg>
      """
  }
}

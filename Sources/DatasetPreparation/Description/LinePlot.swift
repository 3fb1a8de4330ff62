import Datasets
import Foundation

/// A small curve as SVG text: a signal, or its spectrum.
struct LinePlot {
  private static let width = 420.0
  private static let height = 110.0
  /// More points are drawn as the range of each column.
  private static let columns = 400

  let title: String
  let values: [Double]

  /// The first steps of a signal.
  static func signal(_ values: [Double], title: String) -> LinePlot { LinePlot(title: title, values: values) }

  /// Decibels below the strongest frequency, from zero to half the sampling rate; of the first 2^n steps, at most 16,384.
  static func spectrum(_ values: [Double], title: String) -> LinePlot {
    var length = 1
    while length * 2 <= min(values.count, 16_384) { length *= 2 }
    let mean = values.prefix(length).reduce(0, +) / Double(length)
    let power = RealTransform(length: length).power(of: values.prefix(length).map { $0 - mean })
    let largest = max(power.max() ?? 0, .leastNormalMagnitude)
    return LinePlot(title: title, values: power.dropFirst().map { max(-100, 10 * log10(max($0 / largest, 1e-12))) })
  }

  var svg: String {
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

import Foundation
import RunSupport

/// Wall times of repeated calls, in milliseconds.
struct Times {
  private var sorted: [Double]

  /// - Precondition: not empty.
  init(_ milliseconds: [Double]) {
    precondition(!milliseconds.isEmpty, "Times: none were measured")
    sorted = milliseconds.sorted()
  }

  /// Calls `body` once for warm-up, then `count` times.
  init(count: Int, _ body: () -> Void) {
    body()
    self.init((0..<count).map { _ in Self.milliseconds(body) })
  }

  var median: Double { (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2 }
  var minimum: Double { sorted[0] }

  /// `ms_median,ms_min,ms_max`.
  var fields: String { [median, sorted[0], sorted[sorted.count - 1]].map { decimals($0) }.joined(separator: ",") }

  static func milliseconds(_ body: () throws -> Void) rethrows -> Double {
    let start = ResourceUsage.monotonicSeconds
    try body()
    return 1000 * (ResourceUsage.monotonicSeconds - start)
  }
}

/// A number for a CSV file.
func decimals(_ value: Double, _ places: Int = 2) -> String { String(format: "%.\(places)f", value) }

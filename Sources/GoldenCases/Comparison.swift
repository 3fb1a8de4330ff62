/// One computed tensor beside the stored one.
package struct Comparison: Sendable {
  package enum Precision: String, Sendable { case float32, float64 }

  /// What holds where the index says nothing: float32 with an accurate formula, and float64.
  static let defaultFloat32Tolerance = 2e-5
  static let defaultFloat64Tolerance = 1e-10

  package let caseName: String
  package let subcase: String
  package let tensor: String
  package let precision: Precision
  package let error: Double
  package let tolerance: Double

  package var passes: Bool { error <= tolerance }

  /// max|value − reference| / max(max|reference|, 1e-12); infinite for unequal sizes or NaN.
  static func error(of values: [Double], reference: [Double]) -> Double {
    guard values.count == reference.count else { return .infinity }
    let distances = zip(values, reference).map { abs($0 - $1) }
    if distances.contains(where: \.isNaN) { return .infinity }
    return (distances.max() ?? 0) / max(reference.map(abs).max() ?? 0, 1e-12)
  }
}

import Foundation

/// Structural similarity in Double by its definition: at every place the whole window with its weights, means first, then variances.
package enum ReferenceSimilarity {
  private static let side = 11
  private static let deviation = 1.5

  /// - Parameters:
  ///   - first: pixels row by row, values from 0 to 1.
  ///   - second: as many.
  /// - Returns: nil where the window fits nowhere.
  package static func value(_ first: [Double], _ second: [Double], height: Int, width: Int) -> Double? {
    guard min(height, width) >= side else { return nil }
    let window = (0..<side * side).map { place -> Double in
      let (row, column) = (Double(place / side - side / 2), Double(place % side - side / 2))
      return exp(-(row * row + column * column) / (2 * deviation * deviation))
    }
    let weights = window.map { $0 / window.reduce(0, +) }
    var values: [Double] = []
    for top in 0...height - side {
      for left in 0...width - side {
        let pixels = (0..<side * side).map { (top + $0 / side) * width + left + $0 % side }
        func mean(_ quantity: (Int) -> Double) -> Double { zip(weights, pixels).reduce(0) { $0 + $1.0 * quantity($1.1) } }
        let (one, other) = (mean { first[$0] }, mean { second[$0] })
        let covariance = mean { (first[$0] - one) * (second[$0] - other) }
        let variances = mean { pow(first[$0] - one, 2) + pow(second[$0] - other, 2) }
        values.append(
          (2 * one * other + 0.0001) * (2 * covariance + 0.0009) / ((one * one + other * other + 0.0001) * (variances + 0.0009)))
      }
    }
    return values.reduce(0, +) / Double(values.count)
  }
}

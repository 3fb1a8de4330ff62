import Foundation

/// The structural similarity of pictures, plane by plane; a plane is one colour of one picture. 1 for equal planes.
///
/// At each place where a window of 11 × 11 pixels fits, with Gaussian weights of deviation 1.5, it is
/// (2μ₁μ₂ + c₁)(2σ₁₂ + c₂) / ((μ₁² + μ₂² + c₁)(σ₁² + σ₂² + c₂)) with c₁ = 0.01², c₂ = 0.03² and biased variances; then the mean over the places.
/// Everything is computed in double precision.
///
/// - Source: Wang, Bovik, Sheikh and Simoncelli (2004); `structural_similarity` of scikit-image with `gaussian_weights`, a data range of 1
///   and without sample covariance, and `ssim` of the ConvSSM repository.
package enum StructuralSimilarity {
  /// Pixels of a side of the window.
  package static let windowSide = 11
  private static let (meanConstant, varianceConstant) = (1e-4, 9e-4)

  /// The weights of one direction; their products are those of the window.
  private static let weights: [Double] = {
    let values = (0..<windowSide).map { exp(-0.5 * pow(Double($0 - windowSide / 2) / 1.5, 2)) }
    return values.map { $0 / values.reduce(0, +) }
  }()

  /// - Parameters:
  ///   - first: shape […, H, W], values from 0 to 1.
  ///   - second: the same shape.
  /// - Returns: a number for each plane, in the order in which they lie; nil where no window fits into a plane.
  package static func values(_ first: Tensor, _ second: Tensor) -> [Double]? {
    precondition(
      first.shape == second.shape && first.shape.count >= 2, "StructuralSimilarity: pictures \(first.shape) and \(second.shape)")
    let (height, width) = (first.shape[first.shape.count - 2], first.shape[first.shape.count - 1])
    guard min(height, width) >= windowSide else { return nil }
    let size = height * width
    var result = [Double](repeating: 0, count: first.count / size)
    let (one, other) = (Shared(first.elements), Shared(second.elements))
    result.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      let values = Shared(start)
      Parallel.forEach(buffer.count) { plane in
        values[plane] = value(one.pointer + plane * size, other.pointer + plane * size, height: height, width: width)
      }
    }
    return result
  }

  /// The similarity of one plane.
  private static func value(_ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, height: Int, width: Int) -> Double {
    let (rowCount, columnCount) = (height - windowSide + 1, width - windowSide + 1)
    // Of one row of places: both means, both mean squares, the mean product; first down the columns, then along the row.
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: 5 * (width + columnCount)) { scratch in
      guard let start = scratch.baseAddress else { return 0 }
      let (columns, places) = (start, start + 5 * width)
      var sum = 0.0
      for row in 0..<rowCount {
        columns.initialize(repeating: 0, count: 5 * width)
        for (offset, weight) in weights.enumerated() {
          addMoments(first + (row + offset) * width, second + (row + offset) * width, weight, to: columns, count: width)
        }
        places.initialize(repeating: 0, count: 5 * columnCount)
        for (offset, weight) in weights.enumerated() {
          for moment in 0..<5 {
            add(columns + moment * width + offset, weight, to: places + moment * columnCount, count: columnCount)
          }
        }
        for column in 0..<columnCount { sum += similarity(places + column, stride: columnCount) }
      }
      return sum / Double(rowCount * columnCount)
    }
  }

  /// Adds x, y, x², y² and xy of one row of pixels, each weighted, to five rows of `count` sums.
  @inline(__always)
  private static func addMoments(
    _ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, _ weight: Double, to sums: UnsafeMutablePointer<Double>, count: Int
  ) {
    for column in 0..<count {
      let (x, y) = (Double(first[column]), Double(second[column]))
      let (weightedX, weightedY) = (weight * x, weight * y)
      sums[column] += weightedX
      sums[count &+ column] += weightedY
      sums[2 &* count &+ column] += weightedX * x
      sums[3 &* count &+ column] += weightedY * y
      sums[4 &* count &+ column] += weightedX * y
    }
  }

  @inline(__always)
  private static func add(_ values: UnsafePointer<Double>, _ weight: Double, to sums: UnsafeMutablePointer<Double>, count: Int) {
    for index in 0..<count { sums[index] += weight * values[index] }
  }

  /// The similarity at one place, whose five moments lie `stride` apart.
  @inline(__always)
  private static func similarity(_ moments: UnsafePointer<Double>, stride: Int) -> Double {
    let (x, y) = (moments[0], moments[stride])
    let (varianceX, varianceY) = (moments[2 &* stride] - x * x, moments[3 &* stride] - y * y)
    let covariance = moments[4 &* stride] - x * y
    return (2 * x * y + meanConstant) * (2 * covariance + varianceConstant)
      / ((x * x + y * y + meanConstant) * (varianceX + varianceY + varianceConstant))
  }
}

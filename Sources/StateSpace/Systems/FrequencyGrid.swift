/// Where transfer functions are evaluated.
package enum FrequencyGrid {
  /// - Precondition: at least two points.
  package static func even(_ band: ClosedRange<Double>, pointCount: Int) -> [Double] {
    precondition(pointCount >= 2, "FrequencyGrid: \(pointCount) points")
    return (0..<pointCount).map { index in
      let share = Double(index) / Double(pointCount - 1)
      return band.lowerBound * (1 - share) + band.upperBound * share
    }
  }

  /// Equal factors between neighbours.
  ///
  /// - Precondition: at least two points, and the band begins above 0.
  package static func logarithmic(_ band: ClosedRange<Double>, pointCount: Int) -> [Double] {
    precondition(band.lowerBound > 0, "FrequencyGrid: a logarithmic band from \(band.lowerBound)")
    let exponents = even(Double.log(band.lowerBound)...Double.log(band.upperBound), pointCount: pointCount)
    return [band.lowerBound] + exponents.dropFirst().dropLast().map { .exp($0) } + [band.upperBound]
  }
}

/// Values of equal draws, summarised: median and the band from the 10th to the 90th percentile.
package struct Quantiles: Sendable {
  package let (low, median, high): (Double, Double, Double)

  /// - Precondition: at least one value.
  package init(_ values: [Double]) {
    let sorted = values.sorted()
    func at(_ share: Double) -> Double {
      let place = share * Double(sorted.count - 1)
      let below = Int(place)
      let above = min(below + 1, sorted.count - 1)
      return sorted[below] + (place - Double(below)) * (sorted[above] - sorted[below])
    }
    (low, median, high) = (at(0.1), at(0.5), at(0.9))
  }
}

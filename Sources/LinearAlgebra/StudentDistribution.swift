import Foundation

/// Student's t distribution with any positive number of degrees of freedom ν, whole or not.
package struct StudentDistribution: Sendable {
  /// ν.
  package let degreesOfFreedom: Double

  /// Above it a series in 1/ν around the normal distribution is exact to eleven digits.
  private static let seriesStart = 1e4

  /// - Precondition: ν > 0.
  package init(degreesOfFreedom: Double) {
    precondition(degreesOfFreedom > 0, "StudentDistribution: \(degreesOfFreedom) degrees of freedom")
    self.degreesOfFreedom = degreesOfFreedom
  }

  /// The t below which a share of the distribution lies: 12.706 for ν = 1 and a share of 0.975.
  ///
  /// - Precondition: the share is from 0.5, below 1.
  /// - Source: Abramowitz and Stegun, 26.7.8 for ν above 10,000, otherwise the inverse of 26.7.1.
  package func quantile(_ share: Double) -> Double {
    precondition((0.5..<1).contains(share), "StudentDistribution: a share of \(share)")
    let nu = degreesOfFreedom
    guard nu > Self.seriesStart else { return Self.root(of: tail, 1 - share) }
    let z = Self.root(of: { 0.5 * erfc($0 / 2.0.squareRoot()) }, 1 - share)
    let cube = z * z * z
    return z + (cube + z) / (4 * nu) + (5 * cube * z * z + 16 * cube + 3 * z) / (96 * nu * nu)
  }

  /// P(T > t) = I_x(ν/2, 1/2) / 2 with x = ν/(ν + t²), for t of 0 or more.
  private func tail(_ t: Double) -> Double {
    let half = degreesOfFreedom / 2
    let ratio = t * t / degreesOfFreedom
    let (x, rest) = (1 / (1 + ratio), ratio / (1 + ratio))
    guard rest > 0 else { return 0.5 }
    let logBeta = lgamma(half) + lgamma(0.5) - lgamma(half + 0.5)
    let front = exp(0.5 * log(rest) - half * log1p(ratio) - logBeta)
    if x < (half + 1) / (half + 2.5) { return 0.5 * front * Self.fraction(half, 0.5, x) / half }
    return 0.5 - 0.5 * front * Self.fraction(0.5, half, rest) / 0.5
  }

  /// The continued fraction of the incomplete beta function, by Lentz's method.
  ///
  /// - Source: Abramowitz and Stegun, 26.5.8, in the form of Press et al., "Numerical Recipes", 6.4.
  private static func fraction(_ a: Double, _ b: Double, _ x: Double) -> Double {
    func kept(_ value: Double) -> Double { abs(value) < 1e-300 ? 1e-300 : value }
    var numerator = 1.0
    var denominator = 1 / kept(1 - (a + b) * x / (a + 1))
    var result = denominator
    for index in 1...100_000 {
      let m = Double(index)
      let even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
      let odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
      var change = 1.0
      for coefficient in [even, odd] {
        denominator = 1 / kept(1 + coefficient * denominator)
        numerator = kept(1 + coefficient / numerator)
        change = denominator * numerator
        result *= change
      }
      if abs(change - 1) < 1e-16 { break }
    }
    return result
  }

  /// Where a falling function that begins with 1/2 at 0 reaches a value, by halving.
  private static func root(of tail: (Double) -> Double, _ value: Double) -> Double {
    var (low, high) = (0.0, 1.0)
    while tail(high) > value, high < 1e150 { (low, high) = (high, 2 * high) }
    while true {
      let middle = (low + high) / 2
      guard middle > low, middle < high else { return middle }
      if tail(middle) > value { low = middle } else { high = middle }
    }
  }
}

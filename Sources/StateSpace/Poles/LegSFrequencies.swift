import Foundation

/// Im λ of S4D-LegS without an eigenproblem: the frequencies ω of the normal part of HiPPO-LegS, whose eigenvalues are −½ ± iω.
///
/// An eigenvector v of the skew-symmetric part has wⱼ = √(2j+1)·vⱼ with wⱼ₊₁ = −wⱼ·(1 − 2iω/(2j+1))/(1 + 2iω/(2j+3)): neighbouring rows of
/// the eigenproblem differ by two terms. The first and the last row close the chain, which leaves one equation for a phase that grows with
/// ω: Σⱼ arctan(2ω/(2j+1)) = π·(N−1)/2 − π·k, j = 0 ..< N, with one ω for each k. It takes N steps where the eigenproblem takes N³, and
/// each ω is right to about 13 digits, however small it is.
///
/// - Source: derived here from HiPPO-LegS (Gu et al., 2020); held against LAPACK's eigenvalues.
package enum LegSFrequencies {
  /// The `stateSize / 2` positive frequencies, descending.
  ///
  /// - Parameter stateSize: N.
  /// - Precondition: N is even and positive.
  /// - Complexity: O(N²).
  package static func descending(stateSize: Int) -> [Double] {
    precondition(stateSize > 0 && stateSize.isMultiple(of: 2), "LegSFrequencies: state size \(stateSize)")
    var above = Double(stateSize * stateSize)  // every ω is below N²/π
    return (0..<stateSize / 2).map { index in
      above = root(of: .pi * (Double(stateSize - 1) / 2 - Double(index)), stateSize: stateSize, below: above)
      return above
    }
  }

  /// ω with the phase `phase`: Newton's steps, and a half of the interval where one would leave it.
  private static func root(of phase: Double, stateSize: Int, below upper: Double) -> Double {
    var (low, high) = (0.0, upper)
    var frequency = upper / 2
    // A step of Newton's doubles the digits that are right, so the last one may be a billionth.
    while true {
      let (value, slope) = phaseAndSlope(frequency, stateSize: stateSize)
      if value < phase { low = frequency } else { high = frequency }
      let step = frequency - (value - phase) / slope
      if abs(step - frequency) <= 1e-9 * frequency { return step }
      frequency = step > low && step < high ? step : (low + high) / 2
    }
  }

  /// Σⱼ arctan(2ω/(2j+1)) and its derivative by ω.
  private static func phaseAndSlope(_ frequency: Double, stateSize: Int) -> (value: Double, slope: Double) {
    var (value, slope) = (0.0, 0.0)
    for row in 0..<stateSize {
      let odd = Double(2 * row + 1)
      value += atan2(2 * frequency, odd)
      slope += 2 * odd / (odd * odd + 4 * frequency * frequency)
    }
    return (value, slope)
  }
}

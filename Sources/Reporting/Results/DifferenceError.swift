import Catalogue
import LinearAlgebra

/// How a number of several seeds scatters: one side of a comparison.
package struct SeedScatter: Sendable, Equatable {
  /// Sample standard deviation s over the seeds; nil where it is not known.
  package let deviation: Double?
  /// n, the seeds behind the number.
  package let count: Int
  /// What the number is of the seeds' values.
  package let statistic: Experiment.Statistic

  package init(deviation: Double?, count: Int, statistic: Experiment.Statistic) {
    (self.deviation, self.count, self.statistic) = (deviation, count, statistic)
  }

  /// k·s²/n, the variance of the number where single values scatter normally by s: k is π/2 for a median of more than two, else 1.
  fileprivate func variance(_ deviation: Double) -> Double {
    let factor = statistic == .median && count > 2 ? Double.pi / 2 : 1
    return factor * deviation * deviation / Double(max(1, count))
  }
}

/// The error of the difference of two numbers, each of several seeds and of a test set: v = v₁ + v₂ + e. Compares ours with a published
/// number, or two of ours.
///
/// Where the other side has no deviation it is assumed to be that of our side, s₂ = s₁; then v₁ + v₂ is one term, known as well as s₁ is.
/// Student's factor follows from the degrees of freedom ν by Welch and Satterthwaite, ν = v²/Σ(term²/ν of the term), over the terms that are
/// not zero and of finite ν; that of the test set, e, is infinite.
package struct DifferenceError: Sendable, Equatable {
  /// v, in the square of the values' unit; above 0.
  package let variance: Double
  /// ν; nil if no term of finite ν is left.
  package let degreesOfFreedom: Double?
  /// Whether s₂ = s₁ was assumed.
  package let isAssumed: Bool
  /// How many standard errors the difference must exceed, so that equal numbers do so in 5 % of all cases.
  package let factor: Double

  /// The share of words that are wrong by chance where nothing differs.
  package static let falseShare = 0.05
  /// The normal distribution's, for an error that is known and not estimated.
  private static let normalFactor = 1.96

  /// Nil if nothing is known of our scatter, which takes two seeds, or if nothing scatters at all.
  ///
  /// - Parameters:
  ///   - ours: the side whose scatter stands in for an unknown one.
  ///   - theirs: needs two seeds for its deviation to count.
  ///   - samplingVariance: e, of the test sets of both sides together.
  package init?(ours: SeedScatter, theirs: SeedScatter, samplingVariance: Double) {
    guard let deviation = ours.deviation, ours.count > 1 else { return nil }
    if theirs.deviation != nil, theirs.count > 1 {
      self.init(terms: [Term(ours), Term(theirs)], samplingVariance: samplingVariance)
    } else {
      let term = Term(variance: ours.variance(deviation) + theirs.variance(deviation), freedom: Double(ours.count - 1))
      self.init(terms: [term], samplingVariance: samplingVariance, isAssumed: true)
    }
  }

  /// A part of v that several seeds estimate.
  struct Term {
    let variance: Double
    /// ν of the part.
    let freedom: Double

    fileprivate init(variance: Double, freedom: Double) { (self.variance, self.freedom) = (variance, freedom) }

    /// - Precondition: the deviation of two seeds or more is known.
    init(_ scatter: SeedScatter) {
      guard let deviation = scatter.deviation, scatter.count > 1 else { preconditionFailure("no deviation of one seed") }
      self.init(variance: scatter.variance(deviation), freedom: Double(scatter.count - 1))
    }
  }

  /// Nil if nothing scatters at all.
  init?(terms: [Term], samplingVariance: Double, isAssumed: Bool = false) {
    let variance = terms.reduce(samplingVariance) { $0 + $1.variance }
    guard variance > 0 else { return nil }
    self.variance = variance
    self.isAssumed = isAssumed
    // As shares of v, so that no square of a small number is lost.
    let sum = terms.reduce(0) { $0 + ($1.variance / variance) * ($1.variance / variance) / $1.freedom }
    degreesOfFreedom = sum > 0 ? 1 / sum : nil
    factor =
      degreesOfFreedom.map { StudentDistribution(degreesOfFreedom: $0).quantile(1 - Self.falseShare / 2) } ?? Self.normalFactor
  }

  /// factor · √v, the smallest difference that would be seen.
  package var smallestDifference: Double { factor * variance.squareRoot() }
}

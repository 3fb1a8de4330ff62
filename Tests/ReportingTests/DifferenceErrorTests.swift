import Arrays
import Catalogue
import Reporting
import Testing
import Vocabulary

/// The error of a difference, term by term.
@Suite struct DifferenceErrorTests {
  private static func scatter(_ deviation: Double?, _ count: Int, _ statistic: Experiment.Statistic = .mean) -> SeedScatter {
    SeedScatter(deviation: deviation, count: count, statistic: statistic)
  }

  struct Case: Sendable {
    var (ours, theirs): (SeedScatter, SeedScatter)
    var sampling = 0.0
    var variance: Double
    var freedom: Double?
    var factor: Double
    var isAssumed = false
  }

  static let cases = [
    // 0.04/4 + 0.01/4 = 0.0125; 0.0125² / (0.01²/3 + 0.0025²/3) = 1.5625e-4 / 3.54167e-5 = 4.41176.
    Case(
      ours: scatter(0.2, 4), theirs: scatter(0.1, 4), variance: 0.0125, freedom: 4.411764705882353, factor: 2.677174),
    // The same with a test set: 0.0125 more, so ν is four times as large.
    Case(
      ours: scatter(0.2, 4), theirs: scatter(0.1, 4), sampling: 0.0125, variance: 0.025, freedom: 17.647058823529413, factor: 2.103938),
    // No deviation of theirs, one seed: 0.03/3 + 0.03 = 0.04 is one term with two degrees of freedom.
    Case(
      ours: scatter(0.03.squareRoot(), 3), theirs: scatter(nil, 1), variance: 0.04, freedom: 2, factor: 4.302653, isAssumed: true),
    // Medians of five on both sides: π/2 · (0.05/5 + 0.05/5).
    Case(
      ours: scatter(0.05.squareRoot(), 5, .median), theirs: scatter(nil, 5, .median), variance: 0.01 * Double.pi, freedom: 4,
      factor: 2.776445, isAssumed: true),
    // A median of two is their mean.
    Case(ours: scatter(0.2, 2, .median), theirs: scatter(nil, 2), variance: 0.04, freedom: 1, factor: 12.706205, isAssumed: true),
    // Equal seeds on our side: the term is left out, ν is theirs alone.
    Case(ours: scatter(0, 5), theirs: scatter(0.3, 3), variance: 0.03, freedom: 2, factor: 4.302653),
    // Only the test set scatters.
    Case(ours: scatter(0, 3), theirs: scatter(nil, 1), sampling: 0.01, variance: 0.01, freedom: nil, factor: 1.96, isAssumed: true),
    // A deviation of unknown seeds counts as none.
    Case(ours: scatter(0.1, 2), theirs: scatter(0.5, 1), variance: 0.015, freedom: 1, factor: 12.706205, isAssumed: true),
  ]

  @Test("v, ν and the factor are those of the rule", arguments: cases) func rule(_ expected: Case) throws {
    let error = try #require(DifferenceError(ours: expected.ours, theirs: expected.theirs, samplingVariance: expected.sampling))
    #expect(abs(error.variance / expected.variance - 1) < 1e-12)
    #expect((error.degreesOfFreedom == nil) == (expected.freedom == nil))
    if let found = error.degreesOfFreedom, let freedom = expected.freedom { #expect(abs(found / freedom - 1) < 1e-12) }
    #expect(abs(error.factor - expected.factor) < 1e-6, "\(error.factor)")
    #expect(error.isAssumed == expected.isAssumed)
    #expect(error.smallestDifference == error.factor * error.variance.squareRoot())
  }

  @Test("one seed of ours, or nothing that scatters, gives no error") func none() {
    #expect(DifferenceError(ours: Self.scatter(nil, 1), theirs: Self.scatter(0.1, 3), samplingVariance: 0.1) == nil)
    #expect(DifferenceError(ours: Self.scatter(0, 3), theirs: Self.scatter(0, 3), samplingVariance: 0) == nil)
  }

  @Test("a test set leaves p(1−p)/T, Var(x)/T and Var(x)/(4·RMSE²·T) on each side") func testSets() {
    #expect(abs((Metric.accuracy.samplingVariance(of: 0.6, errorVariance: nil, testCount: 2000) ?? 0) - 0.00012) < 1e-15)
    for metric in [Metric.meanSquaredError, .meanAbsoluteError] {
      #expect(metric.samplingVariance(of: 0.5, errorVariance: 3, testCount: 600) == 0.005)
      #expect(metric.samplingVariance(of: 0.5, errorVariance: nil, testCount: 600) == nil, "an error needs Var(x)")
    }
    #expect(Metric.rootMeanSquaredError.samplingVariance(of: 0.5, errorVariance: 3, testCount: 600) == 0.005)
    #expect(Metric.rootMeanSquaredError.samplingVariance(of: 2, errorVariance: 3.2, testCount: 10) == 0.02)
    #expect(Metric.rootMeanSquaredError.samplingVariance(of: 2, errorVariance: nil, testCount: 10) == nil)
    #expect(Metric.rootMeanSquaredError.samplingVariance(of: 0, errorVariance: 0, testCount: 10) == 0)
  }

  @Test("the word follows the direction of the metric, and the bound itself is within") func words() {
    #expect(Verdict(difference: 0.5, smallest: 0.5, increases: true) == .within)
    #expect(Verdict(difference: 0.6, smallest: 0.5, increases: true) == .better)
    #expect(Verdict(difference: 0.6, smallest: 0.5, increases: false) == .worse)
    #expect(Verdict(difference: -0.6, smallest: 0.5, increases: false) == .better)
    #expect(Verdict.allCases.filter(\.isWord) == [.within, .better, .worse])
  }

  @Test("three seeds a side that differ by chance alone get a wrong word in about 5 % of all cases, not in 11 %") func falseWords() {
    var stream = RandomStream(seed: 5, purpose: .testing)
    func seeds() -> (mean: Double, scatter: SeedScatter) {
      let values = (0..<3).map { _ in stream.normal() }
      let mean = values.reduce(0, +) / 3
      let square = values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 2
      return (mean, Self.scatter(square.squareRoot(), 3))
    }
    let count = 1500
    var (measured, assumed, doubled) = (0, 0, 0)
    for _ in 0..<count {
      let (ours, theirs, single) = (seeds(), seeds(), stream.normal())
      guard let known = DifferenceError(ours: ours.scatter, theirs: theirs.scatter, samplingVariance: 0),
        let unknown = DifferenceError(ours: ours.scatter, theirs: Self.scatter(nil, 1), samplingVariance: 0)
      else { continue }
      let difference = ours.mean - theirs.mean
      if Verdict(difference: difference, smallest: known.smallestDifference, increases: true) != .within { measured += 1 }
      if abs(difference) > 2 * known.variance.squareRoot() { doubled += 1 }
      if Verdict(difference: ours.mean - single, smallest: unknown.smallestDifference, increases: true) != .within { assumed += 1 }
    }
    // Welch's test is careful with so few seeds, 3.4 %; the assumed deviation makes Student's own test, 5 %. Three standard errors of 0.56 %.
    #expect((0.018...0.051).contains(Double(measured) / Double(count)), "\(measured)")
    #expect((0.033...0.067).contains(Double(assumed) / Double(count)), "\(assumed)")
    #expect(Double(doubled) / Double(count) > 0.08, "\(doubled)")
  }
}

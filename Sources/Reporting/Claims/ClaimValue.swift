import Catalogue
import Foundation

/// What a quantity of a claim's rule is: the values of several seeds, or one exact number.
struct ClaimValue: Sendable, Equatable {
  /// By seed; one of an exact number.
  let values: [Double]
  /// Empty of an exact number.
  let seeds: [UInt64]
  let statistic: Experiment.Statistic
  /// Variance by the choice of test samples, or the square of an exact number's standard error.
  let samplingVariance: Double

  static func exact(_ number: Double, error: Double = 0) -> ClaimValue {
    ClaimValue(values: [number], seeds: [], statistic: .mean, samplingVariance: error * error)
  }

  var isExact: Bool { seeds.isEmpty }
  private var scatter: SeedValues { SeedValues(values: values, statistic: statistic) }
  var centre: Double { scatter.centre ?? .nan }

  /// The part of the error of `factor` times this value that comes from the seeds.
  func term(times factor: Double) -> DifferenceError.Term? {
    scatter.deviation.map { DifferenceError.Term(SeedScatter(deviation: factor * $0, count: values.count, statistic: statistic)) }
  }

  /// The part of the error of a difference, this less `factor` times another value, that comes from the seeds, where both are means over the
  /// same three seeds or more: that of the differences seed by seed.
  func differenceTerm(from other: ClaimValue, times factor: Double) -> DifferenceError.Term? {
    guard seeds == other.seeds, seeds.count >= 3, statistic == .mean, other.statistic == .mean else { return nil }
    let differences = SeedValues(values: zip(values, other.values).map { $0 - factor * $1 }, statistic: .mean)
    return differences.deviation.map {
      DifferenceError.Term(SeedScatter(deviation: $0, count: values.count, statistic: .mean))
    }
  }

  /// `0.117 ± 0.002`.
  var text: String {
    let deviation = scatter.deviation ?? (samplingVariance > 0 && isExact ? samplingVariance.squareRoot() : nil)
    return Self.number(centre) + (deviation.map { " ± \(Self.number($0, digits: 2))" } ?? "")
  }

  private static func number(_ value: Double, digits: Int = 4) -> String {
    String(format: "%.\(digits)g", value).replacing("-", with: "−")
  }
}

/// Why a quantity has no value.
package enum ClaimGap: Error, Equatable, Sendable {
  /// Fewer seeds than the rule needs; what trains the first missing run.
  case missingRuns(experiment: String, preset: Preset, seeds: [UInt64])
  /// The rule was changed after these were made.
  case otherRule(String)
  case uncommittedCode(String)
  case missingTable(String)

  var text: String {
    switch self {
    case .missingRuns(let experiment, let preset, let seeds):
      "no run of \(experiment) at preset \(preset.rawValue), \(seeds.count == 1 ? "seed" : "seeds") \(seeds.map(String.init).joined(separator: ", "))"
    case .otherRule(let what): "\(what) was made under another rule"
    case .uncommittedCode(let what): "\(what) was made by code that no commit holds"
    case .missingTable(let name): "\(name) is missing"
    }
  }
}

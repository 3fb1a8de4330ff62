import Catalogue
import Foundation
import Vocabulary

/// A result of ours, the published number beside it, and the word for the two. Every table, its CSV file and `compare` are views of it.
///
/// Numbers are in the unit in which they are shown: accuracies in percent.
package struct ResultRecord: Sendable {
  /// The runs behind ours, of another configuration where there are no others; nil where only the paper has a number.
  package let result: ExperimentResult?
  /// The published cell that it answers; nil of a result that answers none.
  package let answer: Answer?
  /// The name of one of `training.probes`, or of an output; nil for the plain result.
  package let probe: String?
  /// Nil where the paper has none.
  package let number: PublishedNumbers.Number?
  /// A mean over other records, which no single experiment gives.
  private let average: Double?
  /// The word for the two; nil unless both sides have a number.
  package let judgement: Judgement?
  private let gaps: Gaps

  /// What is still to run.
  private struct Gaps {
    var seeds: [UInt64]
    var command: String?
  }

  init(
    _ result: ExperimentResult?, answer: Answer? = nil, probe: String? = nil, number: PublishedNumbers.Number? = nil,
    average: Double? = nil,
    deciding: PublishedNumbers.Number? = nil
  ) {
    let (probe, shown) = (answer?.probe ?? probe, result?.substitute ?? result)
    self.result = shown
    self.answer = answer
    self.probe = probe
    self.number = number
    self.average = average
    judgement = shown.flatMap { Judgement($0, probe: probe, published: deciding ?? number) }
    let missing = result?.missingSeeds(probe) ?? []
    gaps = Gaps(seeds: missing, command: missing.isEmpty ? nil : result?.command(probe))
  }

  /// A result beside a published cell that it answers.
  init(_ result: ExperimentResult, answer: Answer, published: PublishedNumbers) {
    self.init(
      result, answer: answer, number: published[answer.cell], deciding: published.deciding(answer, of: result.experiment))
  }

  package var metric: Metric { result?.metric ?? number?.metric ?? .accuracy }

  /// Ours; nil without runs, or with runs that are no result.
  package var value: Double? { average ?? result?.value(probe).map { metric.scale * $0 } }

  package var deviation: Double? { result?.deviation(probe).map { metric.scale * $0 } }

  package var seeds: [UInt64] { result?.seeds(probe) ?? [] }

  package var missingSeeds: [UInt64] { gaps.seeds }

  /// Whether ours is of runs of another configuration.
  var isOfAnotherConfiguration: Bool { result?.isOfAnotherConfiguration == true }

  /// What guessing reaches; nil through a probe, for which it is not known.
  package var chance: Double? { probe == nil ? result?.chance.map { metric.scale * $0 } : nil }

  /// What trains the first missing run; nil if none is missing.
  package var command: String? { gaps.command }
}

/// The words of a record that several views print.
extension ResultRecord {
  /// A number in the record's unit; nothing for nil.
  func text(_ value: Double?) -> String { value.map(metric.text(shown:)) ?? "" }

  /// `39.22 ± 0.51`; empty without a value.
  var measuredText: String { value == nil ? "" : text(value) + (deviation.map { " ± \(text($0))" } ?? "") }

  /// `39.22 ± 0.51 (3)`: with the number of seeds; † marks unofficial data, ‡ another configuration.
  var countedText: String {
    if average != nil { return measuredText }
    guard let result else { return "" }
    guard result.isResult || result.runs.isEmpty else { return "no result" }
    return value == nil
      ? ""
      : "\(measuredText) (\(seeds.count))" + (result.unofficialData ? " †" : "")
        + (isOfAnotherConfiguration ? " ‡" : "")
  }

  /// `0.0644 (rank 2002 of 2050)`; nothing where no limit is known.
  var limitText: String {
    result?.limit.map { String(format: "%.3g (rank %d of %d)", $0.error, $0.rank, $0.unknownCount) } ?? ""
  }

  /// The published number as `published.csv` has it; `failed` where the paper says so.
  var publishedText: String {
    guard let number, let value = number.value else { return number?.isFailure == true ? "failed" : "" }
    return number.text(value) + (number.deviation.map { " ± \(number.text($0))" } ?? "")
  }

  /// `−0.30, within 0.65 (assumed)`, or the difference and why it gets no word; the difference alone at sizes that are not the paper's.
  var differenceText: String {
    guard let judgement else { return "" }
    let (verdict, marks) = (judgement.verdict, judgement.marks)
    let difference = (judgement.difference < 0 ? "−" : "+") + text(abs(judgement.difference))
    if verdict == .sizesDiffer { return difference }
    guard verdict.isWord else { return "\(difference), no word: \(verdict.rawValue)" }
    return difference + ", \(verdict.rawValue)\(verdict == .within ? "" : ", beyond") \(text(judgement.smallestDifference))"
      + (marks.isEmpty ? "" : " (\(marks.joined(separator: ", ")))")
  }

  /// The word with its mark: `within (our reading)`, or why there is none.
  var verdictText: String { judgement.map { $0.verdict.rawValue + ($0.isOurReading ? " (our reading)" : "") } ?? "" }
}

extension PublishedNumbers.Number {
  /// The metric that its unit means; nil of a number that is no result of a run.
  var metric: Metric? { unit.hasPrefix("accuracy") ? .accuracy : unit == "RMSE" ? .rootMeanSquaredError : nil }

  /// A value of its unit with as many digits as the papers print: accuracies two after the point, errors three.
  func text(_ value: Double) -> String { String(format: metric == .rootMeanSquaredError ? "%.3f" : "%.2f", value) }
}

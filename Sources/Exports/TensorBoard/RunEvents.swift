import Foundation
import RunSupport
import Runs
import Vocabulary

/// What TensorBoard shows of a finished run: texts at step 0, then numbers at the end of every epoch, those of the test split at the best one.
package struct RunEvents {
  /// What belongs to one step.
  package struct Event: Equatable {
    /// Seconds since 1970.
    package let time: Double
    /// Optimiser steps done.
    package let step: Int
    package fileprivate(set) var numbers: [Number] = []
    package fileprivate(set) var texts: [Text] = []
  }

  package struct Number: Equatable {
    /// What comes before the first `/` is a group of curves: `loss/train`.
    package let tag: String
    package let value: Double
  }

  package struct Text: Equatable {
    package let tag: String
    package let markdown: String
  }

  package let events: [Event]

  /// - Throws: `StageError` (`badData`) if `metrics.csv` or `provenance.json` cannot be read; `missingInput` if the run has no metrics.
  package init(_ run: FinishedRun) throws {
    guard let epochs = try EpochValues.read(run), !epochs.isEmpty else {
      throw StageError(
        .missingInput, "the run has no epochs to show", where: "\(run.directory)/metrics.csv", why: "the table does not exist or is empty",
        fix: "make the run again")
    }
    let clock = try RunClock(run, epochs)
    var texts = [Text(tag: "summary", markdown: Self.block(try JSONText.encode(run.summary.withoutHashes)))]
    if let configuration = run.configuration {
      texts.append(Text(tag: "configuration", markdown: Self.block(try JSONText.encode(configuration))))
    }
    events =
      [Event(time: clock.start, step: 0, texts: texts)]
      + epochs.map { epoch in
        let best = epoch.epoch == run.summary.bestEpoch ? Self.testNumbers(run.summary) : []
        return Event(time: clock.time(of: epoch), step: epoch.step, numbers: Self.numbers(epoch, run.summary.metric) + best)
      }
  }

  /// Text that Markdown leaves as it is.
  private static func block(_ text: String) -> String { text.split(separator: "\n").map { "    \($0)\n" }.joined() }

  private static func numbers(_ epoch: EpochValues, _ metric: Metric) -> [Number] {
    let values: [(String, Double?)] = [
      ("epoch", Double(epoch.epoch)), ("learning_rate", epoch.learningRate), ("loss/train", epoch.trainLoss),
      ("loss/validation", epoch.validationLoss), ("\(metric.rawValue)/train", epoch.trainValue),
      ("\(metric.rawValue)/validation", epoch.validationValue),
    ]
    return values.compactMap { tag, value in value.map { Number(tag: tag, value: $0) } }
  }

  private static func testNumbers(_ summary: RunSummary) -> [Number] {
    let metric = summary.metric.rawValue
    return [Number(tag: "loss/test", value: summary.testLoss), Number(tag: "\(metric)/test", value: summary.value)]
      + (summary.probes ?? []).map { Number(tag: "\(metric)/test/\($0.name)", value: $0.value) }
  }
}

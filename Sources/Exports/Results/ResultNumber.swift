import Runs
import Vocabulary

/// One number of a finished run: what distinguishes a line of `results.csv` from the others of its run.
struct ResultNumber {
  enum Stage: String {
    /// After an epoch.
    case epoch
    /// Of the weights that count, those of the best epoch, or of the run as a whole.
    case final
  }

  let stage: Stage
  /// Nil where the number is of no split.
  var split: String?
  /// `loss`, the run's metric, or what else the number is.
  let metric: String
  /// The name of one of `training.probes`, or `output 1`; nil for the plain result.
  var probe: String?
  var epoch: Int?
  var step: Int?
  let value: Double

  static let header = RunRecord.header + ["stage", "split", "metric", "probe", "epoch", "step", "value"]

  var fields: [String] {
    [stage.rawValue, split ?? "", metric, probe ?? "", epoch.map(String.init) ?? "", step.map(String.init) ?? "", "\(value)"]
  }
}

extension RunRecord {
  /// Epoch by epoch, then what the summary says; numbers that are not there are left out.
  var numbers: [ResultNumber] { epochs.flatMap(numbers) + testNumbers + probeNumbers + outputNumbers + costs }

  private func numbers(_ epoch: EpochValues) -> [ResultNumber] {
    let metric = run.summary.metric.rawValue
    let values: [(split: String?, metric: String, value: Double?)] = [
      ("train", "loss", epoch.trainLoss), ("train", metric, epoch.trainValue), ("validation", "loss", epoch.validationLoss),
      ("validation", metric, epoch.validationValue), (nil, "learning_rate", epoch.learningRate), (nil, "seconds", epoch.seconds),
    ]
    return values.compactMap { split, metric, value in
      value.map { ResultNumber(stage: .epoch, split: split, metric: metric, epoch: epoch.epoch, step: epoch.step, value: $0) }
    }
  }

  /// A number of the best epoch.
  private func best(_ split: String, _ metric: String, probe: String? = nil, _ value: Double?) -> ResultNumber? {
    value.map {
      ResultNumber(
        stage: .final, split: split, metric: metric, probe: probe, epoch: run.summary.bestEpoch,
        step: epochs.first { $0.epoch == run.summary.bestEpoch }?.step, value: $0)
    }
  }

  private var testNumbers: [ResultNumber] {
    let (summary, metric) = (run.summary, run.summary.metric.rawValue)
    return [
      best("validation", "loss", summary.validationLoss), best("validation", metric, summary.validationValue),
      best("test", "loss", summary.testLoss), best("test", metric, summary.value), best("test", "error_variance", summary.errorVariance),
      best("test", "chance", summary.chance), best("test", "samples", Double(summary.testCount)),
    ].compactMap(\.self)
  }

  private var probeNumbers: [ResultNumber] {
    (run.summary.probes ?? []).flatMap { probe in
      [
        best("test", "loss", probe: probe.name, probe.loss), best("test", run.summary.metric.rawValue, probe: probe.name, probe.value),
        best("test", "error_variance", probe: probe.name, probe.errorVariance),
        best("test", "input_loss", probe: probe.name, probe.inputLoss),
      ].compactMap(\.self)
    }
  }

  private var outputNumbers: [ResultNumber] {
    (run.summary.outputErrors ?? []).indices.flatMap { index in
      let output = RunSummary.output(index + 1)
      let result = run.summary.result(output)
      return [
        best("test", run.summary.metric.rawValue, probe: output, result?.value),
        best("test", "error_variance", probe: output, result?.errorVariance),
      ].compactMap(\.self)
    }
  }

  /// What the run as a whole took.
  private var costs: [ResultNumber] {
    let summary = run.summary
    return [
      ("parameters", Double(summary.parameterCount)), ("steps", Double(summary.steps)), ("wall_seconds", summary.wallSeconds),
      ("peak_memory_mb", summary.peakMemoryMB),
    ].map { ResultNumber(stage: .final, metric: $0.0, value: $0.1) }
  }
}

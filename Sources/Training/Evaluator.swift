import Datasets
import Operations
import SequenceModels
import Vocabulary

/// Loss and metrics over a whole split, the last incomplete batch included.
package struct Evaluator {
  private let answers: any BatchAnswers
  private let data: any BatchSource
  private let batchSize: Int
  private let probe: Probe
  private let metric: Metric

  /// - Parameters:
  ///   - probe: what the model is looked at through; its sampling rate also thins out the input.
  ///   - metric: what is to be read from the sums besides the loss; nil is the usual one of such targets.
  package init(model: any SequenceModel, data: any BatchSource, batchSize: Int, probe: Probe = .whole, metric: Metric? = nil) {
    self.init(answers: HostAnswers(model), data: data, batchSize: batchSize, probe: probe, metric: metric)
  }

  /// - Parameter answers: the model's, wherever they are computed.
  package init(answers: any BatchAnswers, data: any BatchSource, batchSize: Int, probe: Probe = .whole, metric: Metric? = nil) {
    self.metric = metric ?? data.description.usualMetric
    self.answers = answers
    self.data = data.keeping(every: probe.samplingRate)
    self.batchSize = batchSize
    self.probe = probe
  }

  /// The sums of a split; of the test split also what says how far its size lets a mean error be off.
  ///
  /// - Parameter each: given the answers to each batch and what is right, in the order of the split.
  package func evaluate(_ split: Split, each: (_ output: Tensor, _ target: Batch.Target) throws -> Void = { _, _ in }) throws -> MetricSums
  {
    let plan = EpochPlan(count: data.count(of: split), batchSize: batchSize, order: .sequential, dropLast: false)
    // Always the same visit: an evaluation must not depend on when it happens.
    let batches = data.batches(plan, of: split, visit: .first)
    var sums = MetricSums()
    var begun: (batches: [Batch], outputs: () throws -> [Tensor])?
    while true {
      var group: [Batch] = []
      while group.count < answers.batchesAtOnce, let batch = try batches.nextItem() { group.append(batch) }
      // A device begins with these before the ones before are read and added up.
      let next = group.isEmpty ? nil : (batches: group, outputs: try answers.begin(group, through: probe))
      for (batch, output) in zip(begun?.batches ?? [], try begun?.outputs() ?? []) {
        _ = BatchLoss.forward(output, target: batch.target, metric: metric, into: &sums)
        if split == .test, let numbers = batch.target.numbers {
          sums.addSampleErrors(of: output, targets: Tensor(numbers), metric: metric)
        }
        try each(output, batch.target)
      }
      if next == nil { return sums }
      begun = next
    }
  }

  /// The mean squared difference of inputs and targets of the same shape: what leaving the input as it is would lose.
  package static func lossOfInput(_ data: any BatchSource, _ split: Split, batchSize: Int) throws -> Double {
    let plan = EpochPlan(count: data.count(of: split), batchSize: batchSize, order: .sequential)
    let batches = data.batches(plan, of: split)
    var sums = MetricSums()
    while let batch = try batches.nextItem() {
      if case .values(let input) = batch.input {
        _ = BatchLoss.forward(Tensor(input), target: batch.target, metric: .meanSquaredError, into: &sums)
      }
    }
    return sums.loss
  }
}

import Datasets
import Operations
import SequenceModels
import Vocabulary

/// Steps on the processor, by our own engine.
final class HostTrainingStep: TrainingStep {
  private let model: any SequenceModel
  private let optimizer: Optimizer
  private let metric: Metric
  private let probe: Probe

  init(model: any SequenceModel, optimizer: Optimizer, metric: Metric, probe: Probe) {
    (self.model, self.optimizer, self.metric, self.probe) = (model, optimizer, metric, probe)
  }

  func run(_ batch: Batch, factor: Double, state: inout TrainingState) throws -> Double {
    var pass = Pass.training(dropout: state.dropout, probe: probe)
    var loss = 0.0
    try model.differentiate(SequenceInput(batch.input), lengths: batch.lengths.map(Integers.init), pass: &pass) { output, part in
      let target = part.map { batch.target[$0] } ?? batch.target
      loss +=
        BatchLoss.forward(output, target: target, metric: metric, into: &state.epochSums) * (Double(target.count) / Double(batch.count))
      guard loss.isFinite else { throw DivergedLoss(loss: loss) }
      return BatchLoss.backward(output, target: target, batchCount: batch.count)
    }
    if case .training(let stream) = pass.mode { state.dropout = stream }
    optimizer.step(factor: factor)
    return loss
  }

  var answers: any BatchAnswers { HostAnswers(model) }

  func synchronize(_ state: inout TrainingState) {}
}

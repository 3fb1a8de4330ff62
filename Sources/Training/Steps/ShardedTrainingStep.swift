import Datasets
import Operations
import SequenceModels
import Vocabulary

/// Steps on the processor, by our own engine, for batches that are always cut into the same number of equal shards.
///
/// The gradients of each shard are summed by themselves and then added in the order of the shards, so the bits do not depend on who computes
/// which shard.
final class ShardedTrainingStep: TrainingStep {
  private let model: any SequenceModel
  private let optimizer: Optimizer
  private let metric: Metric
  private let probe: Probe
  private let shardCount: Int
  private let gradients: ShardGradients

  init(model: any SequenceModel, optimizer: Optimizer, metric: Metric, probe: Probe, shardCount: Int) {
    (self.model, self.optimizer, self.metric, self.probe, self.shardCount) = (model, optimizer, metric, probe, shardCount)
    gradients = ShardGradients(model.parameters, shardCount: shardCount)
  }

  func run(_ batch: Batch, factor: Double, state: inout TrainingState) throws -> Double {
    let places = 0..<shardCount
    let size = batch.count / shardCount
    let parts = places.map { batch.samples($0 * size..<($0 + 1) * size) }
    let pass = Pass.training(dropout: state.dropout, probe: probe)
    var shards = zip(places, parts).map { place, part in
      BatchShard(
        SequenceInput(part.input), lengths: part.lengths.map(Integers.init), pass: pass, first: place * part.rowCount,
        wholeCount: batch.rowCount)
    }
    var measures = parts.map { _ in [Double]() }
    model.differentiate(&shards, places: places, into: gradients, gather: { $0 }) { output, shard in
      measures[shard] = BatchLoss.measures(output, target: parts[shard].target, metric: metric)
      return BatchLoss.backward(output, target: parts[shard].target, batchCount: batch.count)
    }
    gradients.addUp()
    if case .training(let stream) = shards[0].pass.mode { state.dropout = stream }
    var loss = 0.0
    for (part, measures) in zip(parts, measures) {
      loss += BatchLoss.add(measures, of: part.target, to: &state.epochSums) * (Double(size) / Double(batch.count))
    }
    guard loss.isFinite else { throw DivergedLoss(loss: loss) }
    optimizer.step(factor: factor)
    return loss
  }

  var answers: any BatchAnswers { HostAnswers(model) }

  func synchronize(_ state: inout TrainingState) {}
}

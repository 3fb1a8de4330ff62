import Datasets
import MessagePassing
import Operations
import SequenceModels
import Vocabulary

/// Steps on the processor, by our own engine, for batches that are always cut into the same number of equal shards, which several processes
/// can share.
///
/// The gradients of each shard are summed by themselves and then added in the order of the shards, so the bits do not depend on who computes
/// which shard.
final class ShardedTrainingStep: TrainingStep {
  private let model: any SequenceModel
  private let optimizer: Optimizer
  private let metric: Metric
  private let probe: Probe
  private let shardCount: Int
  private let ranks: Ranks
  /// The shards of this process.
  private let places: Range<Int>
  private let gradients: ShardGradients

  /// - Precondition: the number of processes divides that of shards.
  init(model: any SequenceModel, optimizer: Optimizer, metric: Metric, probe: Probe, shardCount: Int, among ranks: Ranks) {
    precondition(shardCount % ranks.count == 0, "ShardedTrainingStep: \(shardCount) shards for \(ranks.count) processes")
    (self.model, self.optimizer, self.metric, self.probe, self.shardCount) = (model, optimizer, metric, probe, shardCount)
    self.ranks = ranks
    let each = shardCount / ranks.count
    places = ranks.rank * each..<(ranks.rank + 1) * each
    gradients = ShardGradients(model.parameters, shardCount: shardCount)
  }

  func run(_ batch: Batch, factor: Double, state: inout TrainingState) throws -> Double {
    let size = batch.count / shardCount
    let parts = places.map { batch.samples($0 * size..<($0 + 1) * size) }
    let pass = Pass.training(dropout: state.dropout, probe: probe)
    var shards = zip(places, parts).map { place, part in
      BatchShard(
        SequenceInput(part.input), lengths: part.lengths.map(Integers.init), pass: pass, first: place * part.rowCount,
        wholeCount: batch.rowCount)
    }
    var measures = parts.map { _ in [Double]() }
    model.differentiate(&shards, places: places, into: gradients, gather: ranks.gather) { output, shard in
      measures[shard] = BatchLoss.measures(output, target: parts[shard].target, metric: metric)
      return BatchLoss.backward(output, target: parts[shard].target, batchCount: batch.count)
    }
    gradients.complete(places, gather: ranks.gather)
    gradients.addUp()
    if case .training(let stream) = shards[0].pass.mode { state.dropout = stream }
    let loss = add(ranks.gather(measures.flatMap { $0 }), of: batch, to: &state.epochSums)
    guard loss.isFinite else { throw DivergedLoss(loss: loss) }
    optimizer.step(factor: factor)
    return loss
  }

  /// Adds up what was measured of all shards, in their order.
  ///
  /// - Returns: the mean loss of the batch.
  private func add(_ measures: [Double], of batch: Batch, to sums: inout MetricSums) -> Double {
    let (size, each) = (batch.count / shardCount, measures.count / shardCount)
    return (0..<shardCount).reduce(0) { loss, place in
      let target = batch.target[place * size..<(place + 1) * size]
      let part = BatchLoss.add(Array(measures[place * each..<(place + 1) * each]), of: target, to: &sums)
      return loss + part * (Double(size) / Double(batch.count))
    }
  }

  var answers: any BatchAnswers { HostAnswers(model).shared(among: ranks) }

  func synchronize(_ state: inout TrainingState) {}
}

import Operations
import Vocabulary

/// Layer norm over channels or batch norm over batch and time, with scale and shift per channel.
package struct Normalization {
  private enum Kind {
    case layer
    case batch(runningMean: ModelBuffer, runningVariance: ModelBuffer)
  }

  package enum Cache {
    case layer(LayerNormalization.Cache)
    case batch(BatchNormalization.Cache)
  }

  private let kind: Kind
  private let scale: Parameter
  private let shift: Parameter
  /// ε of a layer norm.
  private let epsilon: Double

  package init(
    _ name: String, _ normalization: BlocksSpecification.Normalization, modelWidth: Int,
    epsilon: Double = LayerNormalization.usualEpsilon
  ) {
    self.epsilon = epsilon
    scale = Parameter("\(name).weight", .biasOrNorm, value: Tensor([modelWidth], filledWith: 1))
    shift = Parameter("\(name).bias", .biasOrNorm, value: .zeros([modelWidth]))
    switch normalization {
    case .layer: kind = .layer
    case .batch:
      kind = .batch(
        runningMean: ModelBuffer(name: "\(name).running_mean", value: .zeros([modelWidth])),
        runningVariance: ModelBuffer(name: "\(name).running_var", value: Tensor([modelWidth], filledWith: 1)))
    }
  }

  package var parameters: [Parameter] { [scale, shift] }

  var width: Int { scale.value.count }

  package var buffers: [ModelBuffer] {
    switch kind {
    case .layer: []
    case .batch(let mean, let variance): [mean, variance]
    }
  }

  /// The norm as something to apply while rows are read, and what its backward pass needs.
  ///
  /// - Parameters:
  ///   - inputs: the whole batch, or its shards.
  ///   - lengths: valid steps of each sample; the rows are zero behind them.
  ///   - join: what joins the shards; nil where there is one input, the whole batch.
  func prepare(
    _ inputs: [Tensor], lengths: [Integers?], isTraining: Bool, joining join: ShardJoin?
  ) -> [(rows: RowNormalization, cache: Cache)] {
    switch kind {
    case .layer:
      return zip(inputs, lengths).map { input, lengths in
        let cache = LayerNormalization.statistics(input, epsilon: epsilon)
        return (rows(.perStep(cache), lengths), .layer(cache))
      }
    case .batch(let mean, let variance):
      let cache: BatchNormalization.Cache
      if !isTraining {
        cache = BatchNormalization.evaluationStatistics(runningMean: mean.value, runningVariance: variance.value)
      } else if let join {
        cache = BatchNormalization.trainingStatistics(
          ofShards: inputs, runningMean: mean.value, runningVariance: variance.value, gather: join.gather)
      } else {
        cache = BatchNormalization.trainingStatistics(inputs[0], runningMean: mean.value, runningVariance: variance.value)
      }
      return lengths.map { (rows(.perChannel(cache), $0), .batch(cache)) }
    }
  }

  /// The norm of an earlier pass once more.
  func rows(_ cache: Cache, lengths: Integers?) -> RowNormalization {
    switch cache {
    case .layer(let cache): rows(.perStep(cache), lengths)
    case .batch(let cache): rows(.perChannel(cache), lengths)
    }
  }

  private func rows(_ statistics: RowNormalization.Statistics, _ lengths: Integers?) -> RowNormalization {
    RowNormalization(statistics, scale: scale.value, shift: shift.value, lengths: lengths)
  }

  package func forward(_ input: Tensor, isTraining: Bool) -> (output: Tensor, cache: Cache) {
    forward([input], isTraining: isTraining, joining: nil)[0]
  }

  func forward(_ inputs: [Tensor], isTraining: Bool, joining join: ShardJoin?) -> [(output: Tensor, cache: Cache)] {
    zip(inputs, prepare(inputs, lengths: inputs.map { _ in nil }, isTraining: isTraining, joining: join)).map { input, norm in
      (norm.rows.applied(to: input), norm.cache)
    }
  }

  /// - Parameter residualGradient: if given, the gradient of the input is added to it in place, and it is the result.
  package func backward(outputGradient: Tensor, input: Tensor, cache: Cache, addingTo residualGradient: Tensor? = nil) -> Tensor {
    switch cache {
    case .layer(let cache):
      LayerNormalization.backward(
        outputGradient: outputGradient, input: input, scale: scale.value, cache: cache, scaleGradient: scale.gradient,
        shiftGradient: shift.gradient, addingTo: residualGradient)
    case .batch(let cache):
      BatchNormalization.backward(
        outputGradient: outputGradient, input: input, scale: scale.value, cache: cache, scaleGradient: scale.gradient,
        shiftGradient: shift.gradient, addingTo: residualGradient)
    }
  }

  /// As `backward` of each shard; after training the gradients of all shards' inputs depend on all of them.
  ///
  /// - Parameter residualGradients: nil, or one for each shard.
  func backward(
    outputGradients: [Tensor], inputs: [Tensor], caches: [Cache], addingTo residualGradients: [Tensor]? = nil, joining join: ShardJoin?
  ) -> [Tensor] {
    guard let join, case .batch(let cache) = caches[0] else {
      return inputs.indices.map { index in
        join?.collect(index)
        return backward(
          outputGradient: outputGradients[index], input: inputs[index], cache: caches[index], addingTo: residualGradients?[index])
      }
    }
    let shards = inputs.indices.map { index in
      join.collect(index)
      return BatchNormalization.Shard(
        outputGradient: outputGradients[index], input: inputs[index], scaleGradient: scale.gradient, shiftGradient: shift.gradient,
        addingTo: residualGradients?[index])
    }
    return BatchNormalization.backward(ofShards: shards, scale: scale.value, cache: cache, gather: join.gather)
  }
}

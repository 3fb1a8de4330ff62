import Operations

extension SequenceModel {
  /// Sets the gradients of some shards of a batch to those of a loss that is a sum over sequences.
  ///
  /// - Parameters:
  ///   - shards: their passes move on as one pass over the whole batch would.
  ///   - places: where each shard stands among all shards of the batch.
  ///   - gather: given numbers of each sample of these shards, those of all samples of the batch in their order.
  ///   - gradient: the gradient of the batch's loss with respect to an output of one of these shards, computed from the output.
  package func differentiate(
    _ shards: inout [BatchShard], places: Range<Int>, into gradients: ShardGradients, gather: @escaping BatchNormalization.Gathering,
    gradient: (_ output: Tensor, _ shard: Int) -> Tensor
  ) {
    gradients.buffers.fill(0)
    let join = ShardJoin(gather: gather) { gradients.collect(places.lowerBound + $0) }
    if let model = self as? any JoinsSamples, model.joinsSamples {
      return model.differentiateTogether(&shards, join, gradient)
    }
    for index in shards.indices {
      join.collect(index)
      let (output, cache) = forward(shards[index].input, lengths: shards[index].lengths, pass: &shards[index].pass)
      backward(outputGradient: gradient(output, index), cache: cache)
    }
  }
}

extension JoinsSamples {
  fileprivate func differentiateTogether(_ shards: inout [BatchShard], _ join: ShardJoin, _ gradient: (Tensor, Int) -> Tensor) {
    let results = forward(&shards, joining: join)
    let gradients = results.enumerated().map { gradient($1.output, $0) }
    backward(outputGradients: gradients, caches: results.map(\.cache), joining: join)
  }
}

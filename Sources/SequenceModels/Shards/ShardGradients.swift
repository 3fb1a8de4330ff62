import Operations

/// The gradients of the shards of a batch, each in a buffer of its own, and their sum in the order of the shards.
package final class ShardGradients {
  private let parameters: ParameterSet
  /// Those of all shards of the batch, shape [shards, numbers of all parameters].
  package let buffers: Tensor
  /// Shard by shard, parameter by parameter.
  private let slices: [[Tensor]]

  package init(_ parameters: ParameterSet, shardCount: Int) {
    let (count, buffers) = (parameters.gradients.count, Tensor.zeros([shardCount, parameters.gradients.count]))
    (self.parameters, self.buffers) = (parameters, buffers)
    slices = (0..<shardCount).map { shard in
      parameters.indices.map { buffers.slice(from: shard * count + parameters.slice($0).lowerBound, parameters[$0].value.shape) }
    }
  }

  /// Lets backward passes add to the gradients of one shard.
  func collect(_ shard: Int) {
    for (parameter, gradient) in zip(parameters, slices[shard]) { parameter.collect(in: gradient) }
  }

  /// Sets the gradients of all shards of the batch, where these are known here.
  ///
  /// - Parameters:
  ///   - places: of the shards that are known.
  ///   - gather: given the gradients of these shards, those of all in the order of the shards.
  package func complete(_ places: Range<Int>, gather: ([Float]) -> [Float]) {
    if places == 0..<buffers.shape[0] { return }
    buffers.upload(gather(buffers.rows(places).downloaded().values()))
  }

  /// Sets the gradients of the parameters to the sums over all shards, to which backward passes then add again.
  package func addUp() {
    for index in parameters.indices {
      let (parameter, range) = (parameters[index], parameters.slice(index))
      parameter.collect(in: parameters.gradients.slice(from: range.lowerBound, parameter.value.shape))
    }
    parameters.gradients.fill(0)
    ElementwiseArithmetic.addRows(of: buffers, to: parameters.gradients)
  }
}

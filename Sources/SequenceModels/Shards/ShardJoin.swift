import Operations

/// What joins the shards of a batch while they go through a model side by side.
package struct ShardJoin {
  let gather: BatchNormalization.Gathering
  /// Lets the backward pass add to the gradients of one of these shards.
  let collect: (_ shard: Int) -> Void
}

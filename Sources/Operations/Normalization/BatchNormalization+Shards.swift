/// Batch norm of a batch whose samples lie in several tensors and, it may be, in several processes. Sums are gathered a sample at a time and
/// added up in the order of the samples, so means, deviations and gradients of the input have the bits of the batch in one tensor.
extension BatchNormalization {
  /// Given numbers of each sample of these shards, sample after sample, the same of all samples of the batch in their order.
  package typealias Gathering = ([Double]) -> [Double]

  /// As `trainingStatistics` of one tensor.
  ///
  /// - Parameter inputs: the shards, each [samples, H, L].
  package static func trainingStatistics(
    ofShards inputs: [Tensor], runningMean: Tensor, runningVariance: Tensor, gather: Gathering
  ) -> Cache {
    let (width, length) = (runningMean.count, inputs[0].shape[2])
    let cache = Cache(mean: .zeros([width]), inverseDeviation: .zeros([width]), dependsOnInput: true)
    let sources = inputs.map { Shared($0.elements) }
    let sums = SampleSums(inputs, size: 1, gather) { shard, row, _, target in
      target.pointee = VectorMath.sum(sources[shard].pointer + row, count: length) { $0 }
    }
    let count = sums.sampleCount * length
    precondition(count > 1, "BatchNormalization: training with one value per channel, input \(inputs[0].shape)")
    let means = sums.totals.map { $0 / Double(count) }
    let squares = SampleSums(inputs, size: 1, gather) { shard, row, channel, target in
      target.pointee = Self.squares(sources[shard].pointer + row, count: length, mean: means[channel])
    }
    let moments = Moments(cache, runningMean: runningMean, runningVariance: runningVariance)
    for channel in 0..<width { moments.set(channel, count: count, mean: means[channel], squares: squares.totals[channel]) }
    return cache
  }

  /// The tensors of one shard on the way back.
  package struct Shard {
    let outputGradient: Tensor
    let input: Tensor
    let scaleGradient: Tensor
    let shiftGradient: Tensor
    let residualGradient: Tensor?

    /// - Parameters:
    ///   - scaleGradient: the shard's part is added to it, and to `shiftGradient`.
    ///   - residualGradient: if given, the gradient of the input is added to it in place.
    package init(outputGradient: Tensor, input: Tensor, scaleGradient: Tensor, shiftGradient: Tensor, addingTo residualGradient: Tensor?) {
      (self.outputGradient, self.input, self.residualGradient) = (outputGradient, input, residualGradient)
      (self.scaleGradient, self.shiftGradient) = (scaleGradient, shiftGradient)
    }
  }

  /// As `backward` of one tensor after training: the gradient of each shard's input.
  package static func backward(ofShards shards: [Shard], scale: Tensor, cache: Cache, gather: Gathering) -> [Tensor] {
    let (width, length) = (scale.count, shards[0].input.shape[2])
    let (slopes, values) = (shards.map { Shared($0.outputGradient.elements) }, shards.map { Shared($0.input.elements) })
    let (scales, means, inverses) = (Shared(scale.elements), Shared(cache.mean.elements), Shared(cache.inverseDeviation.elements))
    let sums = SampleSums(shards.map(\.input), size: 2, gather) { shard, row, channel, target in
      let sums = Self.sums(
        slopes[shard].pointer + row, values[shard].pointer + row, count: length, mean: means[channel], inverse: inverses[channel])
      (target[0], target[1]) = (sums.slopes, sums.products)
    }
    let (totals, count) = (sums.totals, Double(sums.sampleCount * length))
    return shards.enumerated().map { index, shard in
      for (channel, total) in zip(0..<width, sums.totals(ofShard: index).pairs) {
        shard.shiftGradient.elements[channel] += Float(total.0)
        shard.scaleGradient.elements[channel] += Float(total.1)
      }
      let result = shard.residualGradient ?? Tensor(uninitialized: shard.input.shape)
      let (target, isAdding) = (Shared(result.elements), shard.residualGradient != nil)
      Parallel.forEach(shard.input.shape[0] * width) { number in
        let channel = number % width
        let row = RowGradient(
          mean: means[channel], inverse: inverses[channel], factor: scales[channel] * inverses[channel],
          averageSum: Float(totals[2 * channel] / count), averageProduct: Float(totals[2 * channel + 1] / count), isAdding: isAdding)
        let start = number * length
        row.write(slopes[index].pointer + start, values[index].pointer + start, to: target.pointer + start, count: length)
      }
      return result
    }
  }

  /// Numbers of each row of a batch in shards, and their sums over samples.
  private struct SampleSums {
    /// Numbers of a sample: so many of each channel.
    private let sampleSize: Int
    private let ofShards: [[Double]]
    let sampleCount: Int
    /// Over all samples of the batch, in their order.
    let totals: [Double]

    /// - Parameters:
    ///   - size: numbers of a row.
    ///   - number: writes them, given the shard, where the row begins in it, and the channel.
    init(
      _ tensors: [Tensor], size: Int, _ gather: Gathering,
      _ numbers: @Sendable (_ shard: Int, _ row: Int, _ channel: Int, _ target: UnsafeMutablePointer<Double>) -> Void
    ) {
      let (width, length) = (tensors[0].shape[1], tensors[0].shape[2])
      let sampleSize = width * size
      self.sampleSize = sampleSize
      ofShards = tensors.enumerated().map { shard, tensor in
        var part = [Double](repeating: 0, count: tensor.shape[0] * width * size)
        part.withUnsafeMutableBufferPointer { buffer in
          guard let base = buffer.baseAddress else { return }
          let target = Shared(base)
          Parallel.forEach(tensor.shape[0] * width) { row in numbers(shard, row * length, row % width, target.pointer + row * size) }
        }
        return part
      }
      let all = gather(ofShards.flatMap { $0 })
      sampleCount = all.count / sampleSize
      totals = Self.totals(all, sampleSize: sampleSize)
    }

    /// Over the samples of one shard.
    func totals(ofShard shard: Int) -> [Double] { Self.totals(ofShards[shard], sampleSize: sampleSize) }

    private static func totals(_ numbers: [Double], sampleSize: Int) -> [Double] {
      (0..<sampleSize).map { place in stride(from: place, to: numbers.count, by: sampleSize).reduce(0) { $0 + numbers[$1] } }
    }
  }
}

extension [Double] {
  /// Two numbers at a time.
  fileprivate var pairs: [(Double, Double)] { stride(from: 0, to: count, by: 2).map { (self[$0], self[$0 + 1]) } }
}

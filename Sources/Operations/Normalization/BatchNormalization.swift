import Accelerators

/// Normalises each channel over batch and time, padding included: y = (x - mean) / √(variance + ε) · scale + shift.
///
/// Shapes: x and y [B, H, L]; scale, shift and running statistics [H]. Each channel belongs to one chunk.
///
/// - Source: Ioffe, Szegedy, "Batch Normalization", 2015; running statistics as in PyTorch.
package enum BatchNormalization {
  /// ε, added to the variance.
  static let epsilon = 1e-5
  /// The weight of a new batch in the running statistics.
  static let momentum = 0.1

  package struct Cache {
    /// [H].
    let mean: Tensor
    /// 1 / √(variance + ε), shape [H].
    let inverseDeviation: Tensor
    /// Whether mean and variance depend on the input (training) or are constants (evaluation).
    let dependsOnInput: Bool
  }

  /// The batch's mean and biased variance; moves the running mean and the running unbiased variance a tenth towards them.
  ///
  /// - Precondition: a channel has at least two values; the unbiased variance of one does not exist.
  package static func trainingStatistics(_ input: Tensor, runningMean: Tensor, runningVariance: Tensor) -> Cache {
    let sizes = Sizes(input, runningMean, runningVariance)
    precondition(sizes.valuesPerChannel > 1, "BatchNormalization: training with one value per channel, input \(input.shape)")
    if let program = Program.recording(input) {
      return recordTrainingStatistics(program, input, runningMean: runningMean, runningVariance: runningVariance)
    }
    let cache = Cache(mean: .zeros([sizes.width]), inverseDeviation: .zeros([sizes.width]), dependsOnInput: true)
    let source = Shared(input.elements)
    let (means, inverses) = (Shared(cache.mean.elements), Shared(cache.inverseDeviation.elements))
    let (runningMeans, runningVariances) = (Shared(runningMean.elements), Shared(runningVariance.elements))
    Parallel.forEach(sizes.width) { channel in
      let count = Double(sizes.valuesPerChannel)
      var total = 0.0
      for row in sizes.rows(of: channel) { total += VectorMath.sum(source.pointer + row, count: sizes.length) { $0 } }
      let mean = total / count
      var squares = 0.0
      for row in sizes.rows(of: channel) {
        squares += VectorMath.sum(source.pointer + row, count: sizes.length) { ($0 - Float(mean)) * ($0 - Float(mean)) }
      }
      means[channel] = Float(mean)
      inverses[channel] = Float(1 / (squares / count + epsilon).squareRoot())
      runningMeans[channel] = Float((1 - momentum) * Double(runningMeans[channel]) + momentum * mean)
      runningVariances[channel] = Float((1 - momentum) * Double(runningVariances[channel]) + momentum * squares / (count - 1))
    }
    return cache
  }

  /// The running statistics, which do not depend on the input.
  package static func evaluationStatistics(runningMean: Tensor, runningVariance: Tensor) -> Cache {
    if let program = Program.recording(runningMean, runningVariance) {
      return recordEvaluationStatistics(program, runningMean: runningMean, runningVariance: runningVariance)
    }
    let inverse = Tensor(
      runningVariance.shape, values: runningVariance.downloaded().values().map { Float(1 / (Double($0) + epsilon).squareRoot()) })
    return Cache(mean: runningMean.copy(), inverseDeviation: inverse, dependsOnInput: false)
  }

  /// Returns the gradient of x; adds to the gradients of scale and shift.
  ///
  /// - Parameter residualGradient: if given, the gradient of x is added to it in place, and it is the result.
  ///
  /// With n the normalised input and s = scale / √(variance + ε): dx = s (dy - mean(dy) - n · mean(dy n)) after training, dx = s dy after
  /// evaluation.
  package static func backward(
    outputGradient: Tensor, input: Tensor, scale: Tensor, cache: Cache, scaleGradient: Tensor, shiftGradient: Tensor,
    addingTo residualGradient: Tensor? = nil
  ) -> Tensor {
    let sizes = Sizes(input, scale, cache.mean, scaleGradient, shiftGradient)
    precondition(outputGradient.shape == input.shape, "BatchNormalization: gradient \(outputGradient.shape) for input \(input.shape)")
    if let program = Program.recording(outputGradient, input) {
      return recordBackward(
        program, outputGradient: outputGradient, input: input, scale: scale, cache: cache, scaleGradient: scaleGradient,
        shiftGradient: shiftGradient, addingTo: residualGradient)
    }
    let inputGradient = residualGradient ?? Tensor(uninitialized: input.shape)
    let isAdding = residualGradient != nil
    precondition(
      inputGradient.shape == input.shape, "BatchNormalization: residual gradient \(inputGradient.shape) for input \(input.shape)")
    let (gradient, source, target) = (Shared(outputGradient.elements), Shared(input.elements), Shared(inputGradient.elements))
    let (scales, means, inverses) = (Shared(scale.elements), Shared(cache.mean.elements), Shared(cache.inverseDeviation.elements))
    let (scaleSlopes, shiftSlopes) = (Shared(scaleGradient.elements), Shared(shiftGradient.elements))
    Parallel.forEach(sizes.width) { channel in
      let (mean, inverse) = (means[channel], inverses[channel])
      var (sum, product) = (0.0, 0.0)
      for row in sizes.rows(of: channel) {
        let (slopes, values) = (gradient.pointer + row, source.pointer + row)
        sum += VectorMath.sum(slopes, count: sizes.length) { $0 }
        product += VectorMath.sum(slopes, values, count: sizes.length) { $0 * (($1 - mean) * inverse) }
      }
      scaleSlopes[channel] += Float(product)
      shiftSlopes[channel] += Float(sum)
      let count = Double(sizes.valuesPerChannel)
      let averageSum = cache.dependsOnInput ? Float(sum / count) : 0
      let averageProduct = cache.dependsOnInput ? Float(product / count) : 0
      let factor = scales[channel] * inverse
      for row in sizes.rows(of: channel) {
        var index = 0
        while index < sizes.length {
          let (place, rest) = (row &+ index, sizes.length &- index)
          let normal = (VectorMath.load(source.pointer + place, count: rest) - mean) * inverse
          let slope = (VectorMath.load(gradient.pointer + place, count: rest) - averageSum - normal * averageProduct) * factor
          let old = isAdding ? VectorMath.load(target.pointer + place, count: rest) : .zero
          VectorMath.store(old + slope, to: target.pointer + place, count: rest)
          index &+= 16
        }
      }
    }
    return inputGradient
  }

  private struct Sizes: Sendable {
    let batch: Int
    let width: Int
    let length: Int

    init(_ input: Tensor, _ vectors: Tensor...) {
      precondition(
        input.shape.count == 3 && vectors.allSatisfy { $0.shape == [input.shape[1]] },
        "BatchNormalization: input \(input.shape), vectors per channel \(vectors.map(\.shape))")
      batch = input.shape[0]
      width = input.shape[1]
      length = input.shape[2]
    }

    var valuesPerChannel: Int { batch * length }

    /// Offsets of the channel's rows, one per sample.
    func rows(of channel: Int) -> StrideTo<Int> {
      stride(from: channel * length, to: batch * width * length, by: max(1, width * length))
    }
  }
}

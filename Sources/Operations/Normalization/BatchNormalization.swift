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
    let moments = Moments(cache, runningMean: runningMean, runningVariance: runningVariance)
    Parallel.forEach(sizes.width) { channel in
      var total = 0.0
      for row in sizes.rows(of: channel) { total += VectorMath.sum(source.pointer + row, count: sizes.length) { $0 } }
      let mean = total / Double(sizes.valuesPerChannel)
      var squares = 0.0
      for row in sizes.rows(of: channel) { squares += Self.squares(source.pointer + row, count: sizes.length, mean: mean) }
      moments.set(channel, count: sizes.valuesPerChannel, mean: mean, squares: squares)
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
        let sums = Self.sums(gradient.pointer + row, source.pointer + row, count: sizes.length, mean: mean, inverse: inverse)
        sum += sums.slopes
        product += sums.products
      }
      scaleSlopes[channel] += Float(product)
      shiftSlopes[channel] += Float(sum)
      let count = Double(sizes.valuesPerChannel)
      let row = RowGradient(
        mean: mean, inverse: inverse, factor: scales[channel] * inverse, averageSum: cache.dependsOnInput ? Float(sum / count) : 0,
        averageProduct: cache.dependsOnInput ? Float(product / count) : 0, isAdding: isAdding)
      for start in sizes.rows(of: channel) {
        row.write(gradient.pointer + start, source.pointer + start, to: target.pointer + start, count: sizes.length)
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

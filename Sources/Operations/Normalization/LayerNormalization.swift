import Accelerators

/// Normalises each position over its channels: y = (x - mean) / √(variance + ε) · scale + shift, with the biased variance.
///
/// Shapes: x and y [B, H, L], scale and shift [H]. A strip of time steps is read row by row over all channels, so nothing is transposed.
///
/// - Source: Ba, Kiros, Hinton, "Layer Normalization", 2016.
package enum LayerNormalization {
  /// ε of the reference framework, added to the variance.
  package static let usualEpsilon = 1e-5
  /// Vectors of sixteen time steps in a strip: 512 bytes of each row.
  private static let vectorsPerStrip = 8
  /// Rows between the one at work and the one asked for from memory; behind the last row it is a harmless wrong guess.
  private static let rowsAhead = 2
  /// Partial sums of the gradients of scale and shift: fixed, so that their order is.
  private static let maximumGroupCount = 64

  package struct Cache {
    /// [B, L].
    let mean: Tensor
    /// 1 / √(variance + ε), shape [B, L].
    let inverseDeviation: Tensor
  }

  /// Mean and inverse deviation of each step.
  ///
  /// - Parameter epsilon: ε.
  package static func statistics(_ input: Tensor, epsilon: Double = usualEpsilon) -> Cache {
    let sizes = Sizes(input)
    if let program = Program.recording(input) { return recordStatistics(program, input, epsilon: epsilon) }
    let cache = Cache(
      mean: Tensor(uninitialized: [sizes.batch, sizes.length]), inverseDeviation: Tensor(uninitialized: [sizes.batch, sizes.length]))
    let source = Shared(input.elements)
    let (means, inverses) = (Shared(cache.mean.elements), Shared(cache.inverseDeviation.elements))
    Parallel.forEach(sizes.stripCount) { index in
      let strip = sizes.strip(index)
      let (mean, inverse) = (means.pointer + strip.position, inverses.pointer + strip.position)
      withSums { sums, squares in
        for channel in 0..<sizes.width {
          let row = source.pointer + strip.offset + channel * sizes.length
          VectorMath.prefetch(row + rowsAhead * sizes.length, count: strip.count)
          for vector in 0..<strip.vectorCount {
            let lanes = DoubleLanes(VectorMath.load(row + 16 * vector, count: strip.count - 16 * vector))
            sums[vector] += lanes
            squares[vector] += lanes * lanes
          }
        }
        for vector in 0..<strip.vectorCount {
          let average = sums[vector] * (1 / Double(sizes.width))
          let variance = squares[vector] * (1 / Double(sizes.width)) - average * average
          let count = strip.count - 16 * vector
          VectorMath.store(average.rounded, to: mean + 16 * vector, count: count)
          VectorMath.store(inverseDeviation(variance, epsilon).rounded, to: inverse + 16 * vector, count: count)
        }
      }
    }
    return cache
  }

  /// Returns the gradient of x; adds to the gradients of scale and shift.
  ///
  /// - Parameter residualGradient: if given, the gradient of x is added to it in place, and it is the result.
  ///
  /// With n = (x - mean) / √(variance + ε) and g = dy · scale, dx = (g - mean(g) - n · mean(g n)) / √(variance + ε), means over channels.
  package static func backward(
    outputGradient: Tensor, input: Tensor, scale: Tensor, cache: Cache, scaleGradient: Tensor, shiftGradient: Tensor,
    addingTo residualGradient: Tensor? = nil
  ) -> Tensor {
    let sizes = Sizes(input, scale, scaleGradient, shiftGradient)
    precondition(
      outputGradient.shape == input.shape && cache.mean.shape == [sizes.batch, sizes.length],
      "LayerNormalization: gradient \(outputGradient.shape), input \(input.shape), cache \(cache.mean.shape)")
    if let program = Program.recording(outputGradient, input) {
      return recordBackward(
        program, outputGradient: outputGradient, input: input, scale: scale, cache: cache, scaleGradient: scaleGradient,
        shiftGradient: shiftGradient, addingTo: residualGradient)
    }
    let inputGradient = residualGradient ?? Tensor(uninitialized: input.shape)
    precondition(
      inputGradient.shape == input.shape, "LayerNormalization: residual gradient \(inputGradient.shape) for input \(input.shape)")
    let pass = BackwardPass(
      sizes: sizes, gradient: Shared(outputGradient.elements), source: Shared(input.elements), target: Shared(inputGradient.elements),
      isAdding: residualGradient != nil, scales: Shared(scale.elements), means: Shared(cache.mean.elements),
      inverses: Shared(cache.inverseDeviation.elements))
    let width = sizes.width
    let groupCount = min(maximumGroupCount, sizes.stripCount)
    var partials = [Double](repeating: 0, count: groupCount * 2 * width)
    partials.withUnsafeMutableBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      let shared = Shared(base)
      Parallel.forEach(groupCount) { group in
        for index in stride(from: group, to: sizes.stripCount, by: groupCount) {
          pass.run(sizes.strip(index), scaleSums: shared.pointer + group * 2 * width, shiftSums: shared.pointer + (group * 2 + 1) * width)
        }
      }
    }
    for channel in 0..<width {
      var (scaleSum, shiftSum) = (0.0, 0.0)
      for group in 0..<groupCount {
        scaleSum += partials[group * 2 * width + channel]
        shiftSum += partials[(group * 2 + 1) * width + channel]
      }
      scaleGradient.elements[channel] += Float(scaleSum)
      shiftGradient.elements[channel] += Float(shiftSum)
    }
    return inputGradient
  }

  /// The arrays of a backward pass.
  private struct BackwardPass: Sendable {
    let sizes: Sizes
    let gradient: Shared<Float>
    let source: Shared<Float>
    let target: Shared<Float>
    let isAdding: Bool
    let scales: Shared<Float>
    let means: Shared<Float>
    let inverses: Shared<Float>

    /// One strip: writes its part of dx, adds its part of the sums per channel.
    func run(_ strip: Strip, scaleSums: UnsafeMutablePointer<Double>, shiftSums: UnsafeMutablePointer<Double>) {
      let (mean, inverse) = (means.pointer + strip.position, inverses.pointer + strip.position)
      withSums { sums, products in
        for channel in 0..<sizes.width {
          let offset = strip.offset + channel * sizes.length
          let ahead = offset + rowsAhead * sizes.length
          VectorMath.prefetch(gradient.pointer + ahead, count: strip.count)
          VectorMath.prefetch(source.pointer + ahead, count: strip.count)
          if isAdding { VectorMath.prefetch(target.pointer + ahead, count: strip.count) }
          var (scaleLanes, shiftLanes) = (Lanes.zero, Lanes.zero)
          for vector in 0..<strip.vectorCount {
            let (start, count) = (16 * vector, strip.count - 16 * vector)
            let slope = VectorMath.load(gradient.pointer + offset + start, count: count)
            let normal = normalized(offset + start, mean + start, inverse + start, count)
            scaleLanes += slope * normal
            shiftLanes += slope
            let scaled = slope * scales[channel]
            sums[vector] += DoubleLanes(scaled)
            products[vector] += DoubleLanes(scaled * normal)
          }
          scaleSums[channel] += Double(VectorMath.total(scaleLanes))
          shiftSums[channel] += Double(VectorMath.total(shiftLanes))
        }
        withUnsafeTemporaryAllocation(of: Lanes.self, capacity: 2 * vectorsPerStrip) { averages in
          for vector in 0..<strip.vectorCount {
            averages[2 * vector] = (sums[vector] * (1 / Double(sizes.width))).rounded
            averages[2 * vector + 1] = (products[vector] * (1 / Double(sizes.width))).rounded
          }
          writeInputGradient(strip, averages: averages.baseAddress!)
        }
      }
    }

    /// - Parameter averages: mean(g) and mean(g n) for each vector of time steps.
    @inline(always)
    private func writeInputGradient(_ strip: Strip, averages: UnsafePointer<Lanes>) {
      let (mean, inverse) = (means.pointer + strip.position, inverses.pointer + strip.position)
      for channel in 0..<sizes.width {
        let offset = strip.offset + channel * sizes.length
        for vector in 0..<strip.vectorCount {
          let (start, count) = (16 * vector, strip.count - 16 * vector)
          let scaled = VectorMath.load(gradient.pointer + offset + start, count: count) * scales[channel]
          let normal = normalized(offset + start, mean + start, inverse + start, count)
          let result = scaled - averages[2 * vector] - normal * averages[2 * vector + 1]
          let slope = result * VectorMath.load(inverse + start, count: count)
          let place = target.pointer + offset + start
          VectorMath.store(isAdding ? VectorMath.load(place, count: count) + slope : slope, to: place, count: count)
        }
      }
    }

    @inline(always)
    private func normalized(
      _ offset: Int, _ mean: UnsafePointer<Float>, _ inverse: UnsafePointer<Float>, _ count: Int
    ) -> Lanes {
      (VectorMath.load(source.pointer + offset, count: count) - VectorMath.load(mean, count: count))
        * VectorMath.load(inverse, count: count)
    }
  }

  /// Two zeroed rows of sums, one value per time step of a strip.
  @inline(always)
  private static func withSums(_ body: (UnsafeMutablePointer<DoubleLanes>, UnsafeMutablePointer<DoubleLanes>) -> Void) {
    withUnsafeTemporaryAllocation(of: DoubleLanes.self, capacity: 2 * vectorsPerStrip) { scratch in
      let base = scratch.baseAddress!
      base.initialize(repeating: .zero, count: 2 * vectorsPerStrip)
      body(base, base + vectorsPerStrip)
    }
  }

  @inline(always)
  private static func inverseDeviation(_ variance: DoubleLanes, _ epsilon: Double) -> DoubleLanes {
    DoubleLanes(
      low: 1 / (variance.low.replacing(with: 0, where: variance.low .< 0) + epsilon).squareRoot(),
      high: 1 / (variance.high.replacing(with: 0, where: variance.high .< 0) + epsilon).squareRoot())
  }

  /// Consecutive time steps of one sample.
  private struct Strip {
    /// Place of the first value in [B, H, L]; `position` is that in [B, L].
    let offset: Int
    let position: Int
    let count: Int
    var vectorCount: Int { (count + 15) / 16 }
  }

  private struct Sizes: Sendable {
    let batch: Int
    let width: Int
    let length: Int
    private let stripsPerSample: Int

    init(_ input: Tensor, _ vectors: Tensor...) {
      precondition(
        input.shape.count == 3 && input.shape[1] > 0 && vectors.allSatisfy { $0.shape == [input.shape[1]] },
        "LayerNormalization: input \(input.shape), scale and shift \(vectors.map(\.shape))")
      batch = input.shape[0]
      width = input.shape[1]
      length = input.shape[2]
      stripsPerSample = (length + 16 * vectorsPerStrip - 1) / (16 * vectorsPerStrip)
    }

    var stripCount: Int { batch * stripsPerSample }

    func strip(_ index: Int) -> Strip {
      let (sample, number) = index.quotientAndRemainder(dividingBy: stripsPerSample)
      let start = number * 16 * vectorsPerStrip
      return Strip(
        offset: sample * width * length + start, position: sample * length + start, count: min(16 * vectorsPerStrip, length - start))
    }
  }
}

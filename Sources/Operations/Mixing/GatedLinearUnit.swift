import Arrays

/// The gate y[b, h] = a[b, h] σ(g[b, h]): of 2H channels the first half are the values a, the second half the gates g.
///
/// Shapes: input [B, 2H, L], output [B, H, L].
///
/// - Source: Dauphin et al., "Language Modeling with Gated Convolutional Networks", 2017.
package enum GatedLinearUnit {
  package static func forward(_ input: Tensor) -> Tensor {
    let sizes = Sizes(input)
    let output = Tensor(uninitialized: [sizes.batch, sizes.width, sizes.length])
    let source = Shared(input.elements)
    let target = Shared(output.elements)
    sizes.forEachSpan { values, gates, outputs, count in
      VectorMath.map(source.pointer + values, source.pointer + gates, to: target.pointer + outputs, count: count) {
        $0 * VectorMath.sigmoid($1)
      }
    }
    return output
  }

  /// The gradient of the input, shape [B, 2H, L]: dy σ(g) for a, dy a σ(g) (1 - σ(g)) for g.
  package static func backward(outputGradient: Tensor, input: Tensor) -> Tensor {
    let sizes = Sizes(input)
    precondition(
      outputGradient.shape == [sizes.batch, sizes.width, sizes.length],
      "GatedLinearUnit: gradient \(outputGradient.shape) for input \(input.shape)")
    let inputGradient = Tensor(uninitialized: input.shape)
    let source = Shared(input.elements)
    let gradient = Shared(outputGradient.elements)
    let target = Shared(inputGradient.elements)
    sizes.forEachSpan { values, gates, outputs, count in
      var index = 0
      while index < count {
        let rest = count &- index
        let gate = VectorMath.sigmoid(VectorMath.load(source.pointer + gates + index, count: rest))
        let valueGradient = VectorMath.load(gradient.pointer + outputs + index, count: rest) * gate
        let gateGradient = valueGradient * VectorMath.load(source.pointer + values + index, count: rest) * (1 - gate)
        VectorMath.store(valueGradient, to: target.pointer + values + index, count: rest)
        VectorMath.store(gateGradient, to: target.pointer + gates + index, count: rest)
        index &+= 16
      }
    }
    return inputGradient
  }

  private struct Sizes: Sendable {
    let batch: Int
    let width: Int
    let length: Int

    init(_ input: Tensor) {
      precondition(
        input.shape.count == 3 && input.shape[1] % 2 == 0, "GatedLinearUnit: input \(input.shape) is not [B, 2H, L]")
      batch = input.shape[0]
      width = input.shape[1] / 2
      length = input.shape[2]
    }

    /// Calls `body` with the offsets of equal spans of values, gates and outputs; both halves of a sample are contiguous.
    func forEachSpan(_ body: @Sendable (_ values: Int, _ gates: Int, _ outputs: Int, _ count: Int) -> Void) {
      let half = width * length
      let spansPerSample = (half + Parallel.elementChunk - 1) / Parallel.elementChunk
      Parallel.forEach(batch * spansPerSample) { chunk in
        let (sample, span) = chunk.quotientAndRemainder(dividingBy: spansPerSample)
        let start = span * Parallel.elementChunk
        let values = sample * 2 * half + start
        body(values, values + half, sample * half + start, min(Parallel.elementChunk, half - start))
      }
    }
  }
}

import Foundation

/// One step of AdamW: Adam with weight decay decoupled from the gradient.
///
/// With g the gradient, η the learning rate and t the step: p ← (1 - η λ) p; m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²;
/// p ← p - η / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε).
///
/// - Source: Loshchilov, Hutter, "Decoupled Weight Decay Regularization", 2019, in the form of PyTorch.
package enum AdamW {
  /// Neighbouring numbers of the flat buffers that share a rate.
  package struct Slice: Sendable {
    package let range: Range<Int>
    package let learningRate: Double
    /// λ, multiplied by the learning rate.
    package let weightDecay: Double

    package init(_ range: Range<Int>, learningRate: Double, weightDecay: Double) {
      self.range = range
      self.learningRate = learningRate
      self.weightDecay = weightDecay
    }
  }

  /// Updates slices of parameters and moments in place, in one pass over all of them; numbers that no slice names stay.
  ///
  /// - Parameters:
  ///   - values: the parameters; gradients and moments have their shape.
  ///   - step: t, 1 for the first.
  package static func step(
    _ slices: [Slice], values: Tensor, gradients: Tensor, firstMoments: Tensor, secondMoments: Tensor, step: Int,
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    precondition(
      [gradients, firstMoments, secondMoments].allSatisfy { $0.shape == values.shape },
      "AdamW: values \(values.shape), gradients \(gradients.shape), moments \(firstMoments.shape) and \(secondMoments.shape)")
    precondition(
      slices.allSatisfy { $0.range.lowerBound >= 0 && $0.range.upperBound <= values.count }, "AdamW: a slice outside of \(values.count)")
    precondition(step >= 1, "AdamW: step \(step) is less than 1")
    let (keep1, new1) = (Float(beta1), Float(1 - beta1))
    let (keep2, new2) = (Float(beta2), Float(1 - beta2))
    let corrections = corrections(step: step, beta1: beta1, beta2: beta2)
    let (correction, rootCorrection) = (corrections.first, Float(corrections.root))
    let smallest = Float(epsilon)
    let (p, g) = (Shared(values.elements), Shared(gradients.elements))
    let (m, v) = (Shared(firstMoments.elements), Shared(secondMoments.elements))
    let pieces = slices.flatMap(pieces(of:))
    Parallel.forEach(pieces.count) { piece in
      let slice = pieces[piece]
      let (keep, stepSize) = (Float(1 - slice.learningRate * slice.weightDecay), Float(slice.learningRate / correction))
      var index = slice.range.lowerBound
      while index < slice.range.upperBound {
        let rest = slice.range.upperBound &- index
        let slope = VectorMath.load(g.pointer + index, count: rest)
        let first = VectorMath.multiplyAdd(VectorMath.load(m.pointer + index, count: rest), keep1, slope * new1)
        let second = VectorMath.multiplyAdd(VectorMath.load(v.pointer + index, count: rest), keep2, slope * slope * new2)
        let update = first / (VectorMath.squareRoot(second) * rootCorrection + smallest)
        let old = VectorMath.load(p.pointer + index, count: rest)
        VectorMath.store(VectorMath.multiplyAdd(update, -stepSize, old * keep), to: p.pointer + index, count: rest)
        VectorMath.store(first, to: m.pointer + index, count: rest)
        VectorMath.store(second, to: v.pointer + index, count: rest)
        index &+= 16
      }
    }
  }

  /// 1 − β₁ᵗ, and 1 / √(1 − β₂ᵗ).
  static func corrections(step: Int, beta1: Double, beta2: Double) -> (first: Double, root: Double) {
    (1 - pow(beta1, Double(step)), 1 / (1 - pow(beta2, Double(step))).squareRoot())
  }

  /// The slice cut for the threads.
  private static func pieces(of slice: Slice) -> [Slice] {
    stride(from: slice.range.lowerBound, to: slice.range.upperBound, by: Parallel.elementChunk).map { start in
      Slice(
        start..<min(slice.range.upperBound, start + Parallel.elementChunk), learningRate: slice.learningRate,
        weightDecay: slice.weightDecay)
    }
  }
}

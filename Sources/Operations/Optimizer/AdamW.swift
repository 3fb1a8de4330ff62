import Arrays
import Foundation

/// One step of AdamW: Adam with weight decay decoupled from the gradient.
///
/// With g the gradient, η the learning rate and t the step: p ← (1 - η λ) p; m ← β₁ m + (1 - β₁) g; v ← β₂ v + (1 - β₂) g²;
/// p ← p - η / (1 - β₁ᵗ) · m / (√v / √(1 - β₂ᵗ) + ε).
///
/// - Source: Loshchilov, Hutter, "Decoupled Weight Decay Regularization", 2019, in the form of PyTorch.
package enum AdamW {
  /// Updates parameter and moments, all of one shape, in place.
  ///
  /// - Parameters:
  ///   - weightDecay: λ, multiplied by the learning rate.
  ///   - step: t, 1 for the first.
  package static func step(
    value: Tensor, gradient: Tensor, firstMoment: Tensor, secondMoment: Tensor, learningRate: Double, weightDecay: Double, step: Int,
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    precondition(
      [gradient, firstMoment, secondMoment].allSatisfy { $0.shape == value.shape },
      "AdamW: value \(value.shape), gradient \(gradient.shape), moments \(firstMoment.shape) and \(secondMoment.shape)")
    precondition(step >= 1, "AdamW: step \(step) is less than 1")
    let keep = Float(1 - learningRate * weightDecay)
    let (keep1, new1) = (Float(beta1), Float(1 - beta1))
    let (keep2, new2) = (Float(beta2), Float(1 - beta2))
    let stepSize = Float(learningRate / (1 - pow(beta1, Double(step))))
    let rootCorrection = Float(1 / (1 - pow(beta2, Double(step))).squareRoot())
    let smallest = Float(epsilon)
    let (p, g) = (Shared(value.elements), Shared(gradient.elements))
    let (m, v) = (Shared(firstMoment.elements), Shared(secondMoment.elements))
    Parallel.forEachChunk(of: value.count, size: Parallel.elementChunk) { _, range in
      var index = range.lowerBound
      while index < range.upperBound {
        let rest = range.upperBound &- index
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
}

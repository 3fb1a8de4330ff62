import Accelerators

extension AdamW {
  /// What differs from step to step, as arguments of a program in double precision: the factor of all learning rates, 1 − β₁ᵗ, and
  /// 1 / √(1 − β₂ᵗ).
  package struct StepNumbers {
    /// The same numbers of one step, in the order of the argument's places.
    package static func values(factor: Double, step: Int, beta1: Double = 0.9, beta2: Double = 0.999) -> [Double] {
      let (correction, rootCorrection) = corrections(step: step, beta1: beta1, beta2: beta2)
      return [factor, correction, rootCorrection]
    }

    let factor: Value
    let correction: Value
    let rootCorrection: Value

    /// - Parameter argument: [3].
    package init(_ argument: Value) {
      func number(_ place: Int) -> Value { argument.place(axis: 0, place) }
      (factor, correction, rootCorrection) = (number(0), number(1), number(2))
    }
  }

  /// Updates one parameter and its moments, tensors of a program, in their places.
  package static func record(
    _ slice: Slice, _ numbers: StepNumbers, value: Tensor, gradient: Tensor, firstMoment: Tensor, secondMoment: Tensor,
    beta1: Double = 0.9, beta2: Double = 0.999, epsilon: Double = 1e-8
  ) {
    let program = numbers.factor.program
    let slope = gradient.value(in: program)
    /// Rounded once, as on the host.
    func spread(_ number: Value) -> Value { number.converted(to: .float32).broadcast(to: slope.shape, axes: []) }
    func rounded(_ number: Double) -> Double { Double(Float(number)) }
    let learningRate = numbers.factor * slice.learningRate
    let first = firstMoment.value(in: program) * rounded(beta1) + slope * rounded(1 - beta1)
    let second = secondMoment.value(in: program) * rounded(beta2) + slope * slope * rounded(1 - beta2)
    let update = first / (second.squareRoot * spread(numbers.rootCorrection) + rounded(epsilon))
    let kept = value.value(in: program) * spread(1 - learningRate * slice.weightDecay)
    value.set(kept - update * spread(learningRate / numbers.correction))
    firstMoment.set(first)
    secondMoment.set(second)
  }
}

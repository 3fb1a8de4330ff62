import Accelerators

/// In a program the recurrence is doubled: x + λ̄·(x a step before) holds two terms of each sum, that plus λ̄²·(itself two steps before) four,
/// and so on, ⌈log₂ T⌉ rounds over all steps at once.
extension DiagonalScan {
  static func record(_ program: Program, _ inputs: Tensor, multipliers: Tensor, initial: Tensor?) -> Tensor {
    let multiplier = multiplier(program, multipliers)
    var driven = halves(inputs.value(in: program), axis: 2)
    if let initial {
      let state = halves(initial.value(in: program), axis: 1)
      let carried = multiplier.converted(to: .float32).broadcast(to: state.shape, axes: [1]) * state
      let first = carried.parts { $0.reshaped([$0.shape[0], 1] + $0.shape.dropFirst()) }
      driven = driven + first.parts { $0.padded(axis: 1, behind: driven.shape[1] - 1) }
    }
    inputs.set(joined(summed(driven, multiplier, isReversed: false)))
    return inputs
  }

  static func recordBackward(
    _ program: Program, stateGradient: Tensor, states: Tensor, multipliers: Tensor, initial: Tensor?, multiplierGradient: Tensor
  ) -> Tensor {
    let slopes = halves(stateGradient.value(in: program), axis: 2)
    let gradient = summed(slopes, multiplier(program, multipliers).conjugate, isReversed: true)
    let last = states.shape[1] - 1
    let first = initial.map { halves($0.value(in: program), axis: 1).parts { $0.reshaped([$0.shape[0], 1] + $0.shape.dropFirst()) } }
    let kept = halves(states.value(in: program), axis: 2).parts { $0.slice(axis: 1, 0..<last) }
    let before =
      first.map { ComplexValue(.concatenated([$0.real, kept.real], axis: 1), .concatenated([$0.imaginary, kept.imaginary], axis: 1)) }
      ?? kept.parts { $0.padded(axis: 1, before: 1, behind: 0) }
    let sums = (before.conjugate * gradient).sum(over: [0, 1, 3, 4])
    multiplierGradient.add(Value.concatenated([sums.real, sums.imaginary], axis: 0))
    stateGradient.set(joined(gradient))
    return stateGradient
  }

  /// x_k = v_k + λ̄ x_(k−1), or with x_(k+1) where it is reversed, for v [B, T, P, H, W] and λ̄ [P] in double precision.
  private static func summed(_ values: ComplexValue, _ multiplier: ComplexValue, isReversed: Bool) -> ComplexValue {
    var (sums, power, distance) = (values, multiplier, 1)
    let steps = values.shape[1]
    while distance < steps {
      let moved = sums.parts {
        isReversed
          ? $0.slice(axis: 1, distance..<steps).padded(axis: 1, behind: distance)
          : $0.slice(axis: 1, 0..<steps - distance).padded(axis: 1, before: distance, behind: 0)
      }
      sums = sums + power.converted(to: .float32).broadcast(to: values.shape, axes: [2]) * moved
      (power, distance) = (power * power, 2 * distance)
    }
    return sums
  }

  private static func multiplier(_ program: Program, _ multipliers: Tensor) -> ComplexValue {
    let parts = multipliers.value(in: program).converted(to: .float64)
    return ComplexValue(parts.place(axis: 0, 0), parts.place(axis: 0, 1))
  }

  /// The real parts in front and the imaginary parts behind along an axis.
  private static func halves(_ value: Value, axis: Int) -> ComplexValue {
    let count = value.shape[axis] / 2
    return ComplexValue(value.slice(axis: axis, 0..<count), value.slice(axis: axis, count..<2 * count))
  }

  private static func joined(_ value: ComplexValue) -> Value { .concatenated([value.real, value.imaginary], axis: 2) }
}

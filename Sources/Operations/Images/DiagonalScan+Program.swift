import Accelerators

/// In a program the recurrence runs over all steps at once, in ⌈log₈ T⌉ rounds: a round adds eight neighbours, x_k ← Σ λ̄^(jd) x_(k−jd)
/// for j < 8, where each x holds d terms of its sum already, so that it holds 8d afterwards. Eight, and not two as in the common doubling,
/// because a round reads and writes all states, and its terms come from the cache.
extension DiagonalScan {
  /// Terms that a round adds.
  private static let termCount = 8

  static func record(_ program: Program, _ inputs: Tensor, multipliers: Tensor, initial: Tensor?) -> Tensor {
    let multiplier = multiplier(program, multipliers)
    var driven = ComplexValue(halvesOf: inputs.value(in: program), axis: 2)
    if let initial {
      let state = firstStep(program, initial)
      let carried = multiplier.converted(to: .float32).broadcast(to: state.shape, axes: [2]) * state
      driven = driven + carried.parts { $0.padded(axis: 1, behind: driven.shape[1] - 1) }
    }
    inputs.set(summed(driven, multiplier, isReversed: false).halves(axis: 2))
    return inputs
  }

  static func recordBackward(
    _ program: Program, stateGradient: Tensor, states: Tensor, multipliers: Tensor, initial: Tensor?, multiplierGradient: Tensor
  ) -> Tensor {
    let slopes = ComplexValue(halvesOf: stateGradient.value(in: program), axis: 2)
    let gradient = summed(slopes, multiplier(program, multipliers).conjugate, isReversed: true)
    let last = states.shape[1] - 1
    let kept = ComplexValue(halvesOf: states.value(in: program), axis: 2).parts { $0.slice(axis: 1, 0..<last) }
    let before =
      initial.map { state in
        let first = firstStep(program, state)
        return ComplexValue(.concatenated([first.real, kept.real], axis: 1), .concatenated([first.imaginary, kept.imaginary], axis: 1))
      } ?? kept.parts { $0.padded(axis: 1, before: 1, behind: 0) }
    let sums = (before.conjugate * gradient).sum(over: [0, 1, 3, 4])
    multiplierGradient.add(sums.halves(axis: 0))
    stateGradient.set(gradient.halves(axis: 2))
    return stateGradient
  }

  /// x_k = v_k + λ̄ x_(k−1), or with x_(k+1) where it is reversed, for v [B, T, P, H, W] and λ̄ [P] in double precision.
  private static func summed(_ values: ComplexValue, _ multiplier: ComplexValue, isReversed: Bool) -> ComplexValue {
    var (sums, step, distance) = (values, multiplier, 1)
    let steps = values.shape[1]
    while distance < steps {
      var (total, power, number) = (sums, step, 1)
      while number < termCount, number * distance < steps {
        let shift = number * distance
        let moved = sums.parts {
          isReversed
            ? $0.slice(axis: 1, shift..<steps).padded(axis: 1, behind: shift)
            : $0.slice(axis: 1, 0..<steps - shift).padded(axis: 1, before: shift, behind: 0)
        }
        total = total + power.converted(to: .float32).broadcast(to: values.shape, axes: [2]) * moved
        (power, number) = (power * step, number + 1)
      }
      // Behind a whole round this is λ̄^(8d).
      (sums, step, distance) = (total, power, distance * termCount)
    }
    return sums
  }

  private static func multiplier(_ program: Program, _ multipliers: Tensor) -> ComplexValue {
    ComplexValue(halvesOf: multipliers.value(in: program).converted(to: .float64), axis: 0).parts { $0.reshaped([multipliers.shape[1]]) }
  }

  /// A state [B, 2P, H, W] as one step, [B, 1, P, H, W].
  private static func firstStep(_ program: Program, _ state: Tensor) -> ComplexValue {
    ComplexValue(halvesOf: state.value(in: program).reshaped([state.shape[0], 1] + state.shape.dropFirst()), axis: 2)
  }
}

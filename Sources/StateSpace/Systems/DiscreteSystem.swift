import ComplexModule
import Foundation

/// A diagonal system in discrete time: xₖ = λ̄·xₖ₋₁ + B̄·uₖ, yₖ = factor·Re(C·xₖ) from a state of zero.
///
/// The factor is 2 where one pole of each conjugate pair is stored, and 1 where all poles are.
package struct DiscreteSystem: Sendable {
  package struct Mode: Sendable {
    /// λ̄.
    package var pole: Complex<Double>
    /// 1 − |λ̄|, given apart because it is the difference of nearly equal numbers.
    package var margin: Double
    /// B̄.
    package var inputWeight: Complex<Double>
    /// C.
    package var outputWeight: Complex<Double>

    package init(pole: Complex<Double>, margin: Double, inputWeight: Complex<Double>, outputWeight: Complex<Double>) {
      self.pole = pole
      self.margin = margin
      self.inputWeight = inputWeight
      self.outputWeight = outputWeight
    }
  }

  package var modes: [Mode]
  package var outputFactor: Double

  package init(modes: [Mode], outputFactor: Double = 2) {
    self.modes = modes
    self.outputFactor = outputFactor
  }

  /// The impulse response K[k] = factor·Re Σₙ Cₙ·B̄ₙ·λ̄ₙᵏ, k = 0 ..< length.
  ///
  /// Each power is taken by itself, so errors do not grow along the kernel.
  package func kernel(length: Int) -> [Double] {
    (0..<length).map { step in
      modes.reduce(0) { sum, mode in
        let power = step == 0 ? Complex.one : Complex.pow(mode.pole, step)
        return sum + outputFactor * (mode.outputWeight * mode.inputWeight * power).real
      }
    }
  }

  /// The output of the state equation, step by step.
  package func recurrence(_ input: [Double]) -> [Double] {
    var states = modes.map { _ in Complex<Double>.zero }
    return input.map { value in
      modes.indices.reduce(0) { output, index in
        states[index] = modes[index].pole * states[index] + modes[index].inputWeight * Complex(value)
        return output + outputFactor * (modes[index].outputWeight * states[index]).real
      }
    }
  }

  /// Σₖ K[k]·exp(−ikθ) over the endless kernel: modes and their conjugates, each Cₙ·B̄ₙ/(1 − λ̄ₙ·exp(−iθ)).
  ///
  /// - Parameter angle: θ in radians per step.
  package func transferFunction(at angle: Double) -> Complex<Double> {
    let delay = Complex(length: 1, phase: -angle)
    let sum = modes.reduce(Complex<Double>.zero) { sum, mode in
      let weight = mode.outputWeight * mode.inputWeight
      return sum + weight / (1 - mode.pole * delay) + weight.conjugate / (1 - mode.pole.conjugate * delay)
    }
    return Complex(outputFactor / 2) * sum
  }

  /// The H∞ score of each mode by itself: |Cₙ|·|B̄ₙ|/(1 − |λ̄ₙ|), the largest gain of Cₙ·B̄ₙ/(z − λ̄ₙ) on the unit circle.
  ///
  /// - Source: DFouT (2025), Section 5; its pruning reference uses the square.
  package var modeScores: [Double] { modes.map { $0.outputWeight.length * $0.inputWeight.length / $0.margin } }

  /// The H∞ score of the whole system, max |K̂(θ)|, over an even grid of [0, π] and the angles of all poles.
  ///
  /// ‖y‖ ≤ score·‖u‖ for all inputs, up to what the grid misses: nothing sharp, because resonances lie at the poles' angles.
  ///
  /// - Parameter pointCount: points of the grid, at least 2.
  package func score(pointCount: Int) -> Double {
    let grid = (0..<pointCount).map { .pi * Double($0) / Double(pointCount - 1) }
    return (grid + modes.map { abs($0.pole.phase) }).map { transferFunction(at: $0).length }.max() ?? 0
  }
}

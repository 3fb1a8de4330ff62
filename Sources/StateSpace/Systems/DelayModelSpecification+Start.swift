import ComplexModule
import Foundation
import Vocabulary

/// The systems of the delay task before training, in Double. All channels have the same poles, but for the grid of Fourier modes, of which
/// each channel has its own part.
extension DelayModelSpecification {
  /// A mode xₖ = λ̄·xₖ₋₁ + B̄·uₖ.
  package struct Mode: Sendable {
    /// log λ̄, its imaginary part from −π to π.
    package let logarithm: Complex<Double>
    /// B̄.
    package let inputWeight: Complex<Double>
  }

  /// Im λ ≥ 0 in radians a unit of time, or of Fourier modes Ω in radians a step, shape [H][N].
  ///
  /// - Throws: `StageError` (`badConfiguration`) for an impossible number of modes.
  package func initialFrequencies() throws -> [[Double]] {
    let initialization: PoleInitialization
    switch self.initialization {
    case .linear: initialization = .linear
    case .inverse: initialization = .inverse
    case .legS: initialization = .legS
    case .undampedFourier, .dampedFourier: return FourierAngles.halfLayer(stateSize: 2 * modeCount, width: modelWidth)
    }
    let frequencies = try InitialPoles.poles(initialization, stateSize: 2 * modeCount).map { abs($0.imaginary) }
    return Array(repeating: frequencies, count: modelWidth)
  }

  /// All modes of all channels, channel by channel.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for an impossible number of modes.
  package func initialModes() throws -> [Mode] {
    let steps = initialization.isFourier ? 1 : timestep
    let decay = initialization == .dampedFourier ? -timestep / 2 : 0
    return try initialFrequencies().joined().map { frequency in
      let angle = frequency * steps
      let gain = inputFactor == .unit ? 1 : Complex(timestep) * RelativeExponential.value(Complex(decay, angle))
      return Mode(logarithm: Complex(decay, angle.remainder(dividingBy: 2 * .pi)), inputWeight: gain)
    }
  }
}

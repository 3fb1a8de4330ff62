import Arrays
import ComplexModule
import Foundation

/// One mode of one channel after discretisation, with the derivatives that the chain rule needs.
///
/// λ is the pole, or iΩ of a damped Fourier mode; Δ is the time step, or ξ.
struct DiagonalMode {
  var inputWeight: Complex<Double>
  /// z = λ̄.
  var discretePole: Complex<Double>
  /// g in B̄ = B·g.
  var gain: Complex<Double>
  /// ∂z/∂λ, ∂z/∂Δ, ∂g/∂λ, ∂g/∂Δ.
  var discretePoleByPole: Complex<Double>
  var discretePoleByTimestep: Complex<Double>
  var gainByPole: Complex<Double>
  var gainByTimestep: Complex<Double>
}

/// Sums over time of an upstream gradient G: Σ G[l]·z^l and its derivative Σ G[l]·l·z^(l−1).
struct SeriesMoments {
  var sum = Complex<Double>.zero
  var derivative = Complex<Double>.zero
}

/// What one mode of one channel adds to the gradients of λ, B and Δ (holomorphic derivatives of Σ G·c·B·g·z^l with c = factor·C).
struct ModeGradient {
  var pole = Complex<Double>.zero
  var inputWeight = Complex<Double>.zero
  var timestep = 0.0

  /// - Parameter outputWeight: c.
  mutating func add(_ moments: SeriesMoments, mode: DiagonalMode, outputWeight: Complex<Double>) {
    let coefficient = outputWeight * mode.inputWeight
    let weighted = coefficient * mode.gain * moments.derivative
    pole += coefficient * moments.sum * mode.gainByPole + weighted * mode.discretePoleByPole
    inputWeight += outputWeight * mode.gain * moments.sum
    timestep += (coefficient * moments.sum * mode.gainByTimestep + weighted * mode.discretePoleByTimestep).real
  }
}

/// Reads stored parameters as modes, and carries gradients of modes back to the stored form.
struct ModeReader: @unchecked Sendable {
  private let parameters: DiagonalKernel.Parameters
  private let options: DiagonalKernel.Options

  init(_ parameters: DiagonalKernel.Parameters, _ options: DiagonalKernel.Options) {
    self.parameters = parameters
    self.options = options
  }

  func mode(channel: Int, index: Int) -> DiagonalMode {
    let place = row(channel) * parameters.modeCount + index
    let inputWeight = parameters.inputWeights.map { Self.complex($0, place) } ?? 1
    let timestep = self.timestep(channel)
    let frequency = options.frequencySign * Double(parameters.frequency.elements[place])
    switch options.poles {
    case .continuous(let discretization):
      let pole = Complex(realPart(place), frequency)
      return discretization == .zeroOrderHold
        ? Self.zeroOrderHold(pole, timestep, inputWeight) : Self.bilinear(pole, timestep, inputWeight)
    case .dampedFourier(let hasUnitInput):
      return dampedFourier(angle: options.samplingRate * frequency, damping: timestep, hasUnitInput, inputWeight)
    }
  }

  private static func zeroOrderHold(_ pole: Complex<Double>, _ timestep: Double, _ inputWeight: Complex<Double>) -> DiagonalMode {
    // g = Δ·φ(x), φ(x) = (eˣ − 1)/x.
    let x = timestep * pole
    let discretePole: Complex<Double> = .exp(x)
    let (value, slope) = ExponentialQuotient.valueAndSlope(x)
    return DiagonalMode(
      inputWeight: inputWeight, discretePole: discretePole, gain: timestep * value, discretePoleByPole: timestep * discretePole,
      discretePoleByTimestep: pole * discretePole, gainByPole: (timestep * timestep) * slope, gainByTimestep: discretePole)
  }

  private static func bilinear(_ pole: Complex<Double>, _ timestep: Double, _ inputWeight: Complex<Double>) -> DiagonalMode {
    let half = (0.5 * timestep) * pole
    let reciprocal: Complex<Double> = 1 / (1 - half)
    let square = reciprocal * reciprocal
    return DiagonalMode(
      inputWeight: inputWeight, discretePole: (1 + half) * reciprocal, gain: timestep * reciprocal,
      discretePoleByPole: timestep * square, discretePoleByTimestep: pole * square,
      gainByPole: (0.5 * timestep * timestep) * square, gainByTimestep: square)
  }

  /// z = exp(x), g = ξ·φ(x), x = −ξ/2 + r·iΩ; derivatives by iΩ and by ξ.
  private func dampedFourier(angle: Double, damping: Double, _ hasUnitInput: Bool, _ inputWeight: Complex<Double>) -> DiagonalMode {
    let x = Complex(-0.5 * damping, angle)
    let discretePole: Complex<Double> = .exp(x)
    let (value, slope) = hasUnitInput ? (0, 0) : ExponentialQuotient.valueAndSlope(x)
    return DiagonalMode(
      inputWeight: inputWeight, discretePole: discretePole, gain: hasUnitInput ? 1 : damping * value,
      discretePoleByPole: options.samplingRate * discretePole, discretePoleByTimestep: -0.5 * discretePole,
      gainByPole: (options.samplingRate * damping) * slope, gainByTimestep: value - (0.5 * damping) * slope)
  }

  func outputWeight(direction: Int, channel: Int, index: Int) -> Complex<Double> {
    Self.complex(parameters.outputWeights, (direction * parameters.width + channel) * parameters.modeCount + index)
  }

  /// factor·C·B̄, what stands before z^l in the kernel.
  func weight(_ mode: DiagonalMode, direction: Int, channel: Int, index: Int) -> Complex<Double> {
    options.outputFactor * outputWeight(direction: direction, channel: channel, index: index) * mode.inputWeight * mode.gain
  }

  /// Adds per-mode contributions [H, N] to the gradients of the stored parameters, channel after channel, so the order is fixed.
  func accumulate(_ contributions: [ModeGradient], into gradients: DiagonalKernel.Parameters) {
    let modeCount = parameters.modeCount
    let systemModes = parameters.systemCount * modeCount
    var poles = [Complex<Double>](repeating: .zero, count: systemModes)
    var inputWeights = poles
    for channel in 0..<parameters.width {
      var timestepSum = 0.0
      for index in 0..<modeCount {
        let contribution = contributions[channel * modeCount + index]
        let place = row(channel) * modeCount + index
        poles[place] += contribution.pole
        inputWeights[place] += contribution.inputWeight
        timestepSum += contribution.timestep
      }
      gradients.timestep.elements[channel] += Float(timestepSum * timestepSlope(channel))
    }
    for place in 0..<systemModes {
      // Re λ = −exp(a), Im λ = sign·ω; a real loss Re(V·δλ) has the slopes Re V and −Im V.
      if let target = gradients.decay { target.elements[place] += Float(poles[place].real * realPart(place)) }
      gradients.frequency.elements[place] -= Float(poles[place].imaginary * options.frequencySign)
      if let target = gradients.inputWeights {
        target.elements[2 * place] += Float(inputWeights[place].real)
        target.elements[2 * place + 1] -= Float(inputWeights[place].imaginary)
      }
    }
  }

  private func row(_ channel: Int) -> Int { channel % parameters.systemCount }

  /// Re λ = −exp(a).
  private func realPart(_ place: Int) -> Double { parameters.decay.map { -exp(Double($0.elements[place])) } ?? 0 }

  private func timestep(_ channel: Int) -> Double {
    options.samplingRate * options.timestepTransform.value(Double(parameters.timestep.elements[channel]))
  }

  /// dΔ/d(stored value).
  private func timestepSlope(_ channel: Int) -> Double {
    options.samplingRate * options.timestepTransform.slope(Double(parameters.timestep.elements[channel]))
  }

  private static func complex(_ tensor: Tensor, _ place: Int) -> Complex<Double> {
    Complex(Double(tensor.elements[2 * place]), Double(tensor.elements[2 * place + 1]))
  }
}

/// φ(x) = (eˣ − 1)/x and φ′(x), accurate where the textbook forms cancel.
enum ExponentialQuotient {
  static func valueAndSlope(_ x: Complex<Double>) -> (value: Complex<Double>, slope: Complex<Double>) {
    if x.length >= 1 {
      let exponential = Complex.exp(x)
      let value = (exponential - 1) / x
      return (value, (exponential - value) / x)
    }
    // φ = Σ xᵏ/(k+1)!, φ′ = Σ (k+1)·xᵏ/(k+2)!: below 1e-17 after twenty terms for |x| < 1.
    var term: Complex<Double> = 1
    var value: Complex<Double> = 0
    var slope: Complex<Double> = 0
    for k in 0..<20 {
      value += term
      slope += term * (Double(k + 1) / Double(k + 2))
      term = (1 / Double(k + 2)) * (term * x)
    }
    return (value, slope)
  }
}

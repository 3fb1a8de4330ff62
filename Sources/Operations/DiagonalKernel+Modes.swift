import Arrays
import ComplexModule
import Foundation

/// One mode of one channel after discretisation, with the derivatives that the chain rule needs.
struct DiagonalMode {
  var timestep: Double
  var pole: Complex<Double>
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

/// What one mode of one channel adds to the gradients of λ, B and Δ (holomorphic derivatives of Σ G·2·C·B·g·z^l).
struct ModeGradient {
  var pole = Complex<Double>.zero
  var inputWeight = Complex<Double>.zero
  var timestep = 0.0

  mutating func add(_ moments: SeriesMoments, mode: DiagonalMode, outputWeight: Complex<Double>) {
    let twice = 2.0 * outputWeight
    let coefficient = twice * mode.inputWeight
    let weighted = coefficient * mode.gain * moments.derivative
    pole += coefficient * moments.sum * mode.gainByPole + weighted * mode.discretePoleByPole
    inputWeight += twice * mode.gain * moments.sum
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
    let timestep = self.timestep(channel)
    let pole = Complex(
      -exp(Double(parameters.decay.elements[place])), options.frequencySign * Double(parameters.frequency.elements[place]))
    let inputWeight = parameters.inputWeights.map { Self.complex($0, place) } ?? 1
    let x = timestep * pole
    switch options.discretization {
    case .zeroOrderHold:
      // g = Δ·φ(x), φ(x) = (eˣ − 1)/x.
      let discretePole: Complex<Double> = .exp(x)
      let (value, slope) = ExponentialQuotient.valueAndSlope(x)
      return DiagonalMode(
        timestep: timestep, pole: pole, inputWeight: inputWeight, discretePole: discretePole, gain: timestep * value,
        discretePoleByPole: timestep * discretePole, discretePoleByTimestep: pole * discretePole,
        gainByPole: (timestep * timestep) * slope, gainByTimestep: discretePole)
    case .bilinear:
      let half = 0.5 * x
      let reciprocal: Complex<Double> = 1 / (1 - half)
      let square = reciprocal * reciprocal
      return DiagonalMode(
        timestep: timestep, pole: pole, inputWeight: inputWeight, discretePole: (1 + half) * reciprocal, gain: timestep * reciprocal,
        discretePoleByPole: timestep * square, discretePoleByTimestep: pole * square,
        gainByPole: (0.5 * timestep * timestep) * square, gainByTimestep: square)
    }
  }

  func outputWeight(direction: Int, channel: Int, index: Int) -> Complex<Double> {
    Self.complex(parameters.outputWeights, (direction * parameters.width + channel) * parameters.modeCount + index)
  }

  /// 2·C·B̄, the factor of z^l in the kernel.
  func weight(_ mode: DiagonalMode, direction: Int, channel: Int, index: Int) -> Complex<Double> {
    2.0 * outputWeight(direction: direction, channel: channel, index: index) * mode.inputWeight * mode.gain
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
      let realPart = -exp(Double(parameters.decay.elements[place]))
      gradients.decay.elements[place] += Float(poles[place].real * realPart)
      gradients.frequency.elements[place] -= Float(poles[place].imaginary * options.frequencySign)
      if let target = gradients.inputWeights {
        target.elements[2 * place] += Float(inputWeights[place].real)
        target.elements[2 * place + 1] -= Float(inputWeights[place].imaginary)
      }
    }
  }

  private func row(_ channel: Int) -> Int { channel % parameters.systemCount }

  private func timestep(_ channel: Int) -> Double {
    let stored = Double(parameters.timestep.elements[channel])
    switch options.timestepTransform {
    case .log: return options.samplingRate * exp(stored)
    case .softplus: return options.samplingRate * (max(stored, 0) + log1p(exp(-abs(stored))))
    }
  }

  /// dΔ/d(stored value).
  private func timestepSlope(_ channel: Int) -> Double {
    let stored = Double(parameters.timestep.elements[channel])
    switch options.timestepTransform {
    case .log: return options.samplingRate * exp(stored)
    case .softplus: return options.samplingRate / (1 + exp(-stored))
    }
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

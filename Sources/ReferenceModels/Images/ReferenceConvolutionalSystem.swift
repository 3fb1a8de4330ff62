import ComplexModule
import Foundation

/// The kernels of a convolutional state space system in Double, mode by mode and tap by tap.
///
/// - Source: ConvSSM (Smith et al., 2023): λ cut to a real part of −10⁻⁴ at most, zero-order hold with a step for each mode; w is ours.
package struct ReferenceConvolutionalSystem: Sendable {
  /// Re λ and Im λ, shape [P] each.
  package var decay: [Double]
  package var frequency: [Double]
  /// log Δ, shape [P].
  package var logTimestep: [Double]
  /// B, shape [2, P, n] with n = U·k².
  package var inputWeights: [Double]
  /// C, shape [2, U, P, k²].
  package var outputWeights: [Double]
  /// k².
  package let taps: Int
  /// β.
  package let exponent: Double

  package init(
    decay: [Double], frequency: [Double], logTimestep: [Double], inputWeights: [Double], outputWeights: [Double], taps: Int,
    exponent: Double
  ) {
    self.decay = decay
    self.frequency = frequency
    self.logTimestep = logTimestep
    self.inputWeights = inputWeights
    self.outputWeights = outputWeights
    self.taps = taps
    self.exponent = exponent
  }

  private func pole(_ mode: Int) -> Complex<Double> { Complex(min(decay[mode], -1e-4), frequency[mode]) }

  private func timestep(_ mode: Int) -> Double { exp(logTimestep[mode]) }

  /// λ̄, shape [P].
  package var multipliers: [Complex<Double>] { decay.indices.map { .exp(pole($0) * Complex(timestep($0))) } }

  private var gains: [Complex<Double>] { zip(multipliers, decay.indices).map { ($0 - 1) / pole($1) } }

  /// w, shape [P].
  private var weights: [Double] { multipliers.map { pow(1 + abs(atan2($0.imaginary, $0.real)) / (2 * .pi), exponent) } }

  /// B̄ as a real kernel, shape [2P, U, k²].
  package var inputKernel: [Double] {
    let products = Self.complex(inputWeights).enumerated().map { gains[$0.offset / (inputWeights.count / 2 / decay.count)] * $0.element }
    return products.map(\.real) + products.map(\.imaginary)
  }

  /// 2w Re C beside −2w Im C, shape [U, 2P, k²].
  package var outputKernel: [Double] {
    let weights = weights
    let row = decay.count * taps
    let scaled = Self.complex(outputWeights).enumerated().map { Complex(2 * weights[$0.offset % row / taps]) * $0.element }
    return Rows.cut(scaled, row).flatMap { $0.map(\.real) + $0.map { -$0.imaginary } }
  }

  /// Gradients by what is trained, shaped as it is.
  package struct Gradient: Sendable {
    package fileprivate(set) var decay: [Double]
    package fileprivate(set) var frequency: [Double]
    package fileprivate(set) var logTimestep: [Double]
    package fileprivate(set) var inputWeights: [Double]
    package fileprivate(set) var outputWeights: [Double]
  }

  /// - Parameters:
  ///   - multipliers: slopes by λ̄ as complex numbers: by the real part plus i times by the imaginary part.
  ///   - inputKernel: slopes by `inputKernel`.
  ///   - outputKernel: slopes by `outputKernel`.
  package func backward(multipliers multiplierSlopes: [Complex<Double>], inputKernel: [Double], outputKernel: [Double]) -> Gradient {
    let (inputRow, outputRow) = (inputWeights.count / 2 / decay.count, decay.count * taps)
    let (inputSlopes, inputs, outputs) = (Self.complex(inputKernel), Self.complex(inputWeights), Self.complex(outputWeights))
    // y = 2w Re(C x): the slope by C is the conjugate of that by (Re C, −Im C).
    let outputSlopes = Rows.cut(outputKernel, 2 * outputRow).flatMap { row in
      (0..<outputRow).map { Complex(row[$0], -row[outputRow + $0]) }
    }
    var gradient = Gradient(decay: [], frequency: [], logTimestep: [], inputWeights: [], outputWeights: [])
    let (gains, multipliers, weights) = (gains, multipliers, weights)
    let inputGradient = inputSlopes.indices.map { gains[$0 / inputRow].conjugate * inputSlopes[$0] }
    gradient.inputWeights = inputGradient.map(\.real) + inputGradient.map(\.imaginary)
    let outputGradient = outputSlopes.indices.map { Complex(2 * weights[$0 % outputRow / taps]) * outputSlopes[$0] }
    gradient.outputWeights = outputGradient.map(\.real) + outputGradient.map(\.imaginary)
    for mode in decay.indices {
      let (pole, timestep, multiplier) = (pole(mode), timestep(mode), multipliers[mode])
      let gainSlope = (mode * inputRow..<(mode + 1) * inputRow).reduce(Complex<Double>.zero) {
        $0 + inputs[$1].conjugate * inputSlopes[$1]
      }
      let weightSlope = outputs.indices.filter { $0 % outputRow / taps == mode }.reduce(0) {
        $0 + 2 * (outputs[$1].conjugate * outputSlopes[$1]).real
      }
      let angle = atan2(multiplier.imaginary, multiplier.real)
      let angleSlope =
        weightSlope * exponent * pow(1 + abs(angle) / (2 * .pi), exponent - 1) / (2 * .pi) * (angle < 0 ? -1 : 1)
      // Everything is a function of λΔ, and the gain of λ too.
      let product =
        multiplier.conjugate * multiplierSlopes[mode] + (multiplier / pole).conjugate * gainSlope + Complex(0, angleSlope)
      let poleSlope = Complex(timestep) * product - (gains[mode] / pole).conjugate * gainSlope
      gradient.decay.append(decay[mode] > -1e-4 ? 0 : poleSlope.real)
      gradient.frequency.append(poleSlope.imaginary)
      gradient.logTimestep.append(((pole * Complex(timestep)).conjugate * product).real)
    }
    return gradient
  }

  /// Real parts, then as many imaginary parts.
  private static func complex(_ parts: [Double]) -> [Complex<Double>] {
    (0..<parts.count / 2).map { Complex(parts[$0], parts[parts.count / 2 + $0]) }
  }
}

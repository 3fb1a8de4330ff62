import Accelerators
import ComplexModule
import Foundation

/// The kernels of a convolutional state space system, x_k = λ̄ x_(k−1) + B̄ * u_k, y_k = 2 Re(w · C * x_k), from what is trained.
///
/// P modes, U channels, kernels of k × k. λ = min(Re λ, −10⁻⁴) + i Im λ is taken to discrete time by a zero-order hold with a step Δ of its
/// own for each mode: λ̄ = e^(λΔ), B̄ = (λ̄ − 1)/λ · B. The weight w = (1 + |arg λ̄| / 2π)^β of a mode depends on its frequency, so that β
/// favours high or low ones without a look ahead; arg is the principal value, since Δ Im λ may exceed π. Complex kernels become real ones
/// side by side, so that convolutions of real planes do the rest. The few numbers of each mode are computed in Double.
///
/// - Source: ConvSSM (Smith et al., 2023); w is ours. Gradients derived here, checked against the twin.
package enum ConvolutionalSystem {
  /// The largest Re λ.
  static let largestRealPart = -1e-4
  /// Columns of [U, P·k²] that one core adds up over the rows at once: eight vectors.
  private static let columnsOfChunk = 128

  /// What is trained, or its gradients.
  package struct Parameters {
    /// Re λ as it is stored, shape [P].
    package var decay: Tensor
    /// Im λ, shape [P].
    package var frequency: Tensor
    /// log Δ, shape [P].
    package var logTimestep: Tensor
    /// B, real parts and then imaginary parts, shape [2, P, U, k, k].
    package var inputWeights: Tensor
    /// C, real parts and then imaginary parts, shape [2, U, P, k, k].
    package var outputWeights: Tensor

    package init(decay: Tensor, frequency: Tensor, logTimestep: Tensor, inputWeights: Tensor, outputWeights: Tensor) {
      self.decay = decay
      self.frequency = frequency
      self.logTimestep = logTimestep
      self.inputWeights = inputWeights
      self.outputWeights = outputWeights
    }
  }

  /// What a pass over frames needs, or its gradients.
  package struct Kernels {
    /// λ̄, real parts and then imaginary parts, shape [2, P].
    package var multipliers: Tensor
    /// B̄ from U to 2P channels, real parts first, shape [2P, U, k, k].
    package var inputWeight: Tensor
    /// From 2P to U channels: 2w Re C for the real parts of the states and −2w Im C for the imaginary ones, shape [U, 2P, k, k].
    package var outputWeight: Tensor

    package init(multipliers: Tensor, inputWeight: Tensor, outputWeight: Tensor) {
      self.multipliers = multipliers
      self.inputWeight = inputWeight
      self.outputWeight = outputWeight
    }
  }

  /// - Parameter exponent: β.
  package static func forward(_ parameters: Parameters, exponent: Double) -> Kernels {
    let sizes = Sizes(parameters)
    if let program = Program.recording(parameters.decay) { return record(program, parameters, exponent: exponent) }
    let modes = sizes.modes(parameters, exponent: exponent)
    let shape = parameters.inputWeights.shape
    let kernels = Kernels(
      multipliers: Tensor(uninitialized: [2, sizes.modeCount]), inputWeight: .zeros([2 * sizes.modeCount] + shape[2...]),
      outputWeight: Tensor(uninitialized: [sizes.width, 2 * sizes.modeCount] + shape[3...]))
    for (index, mode) in modes.enumerated() {
      kernels.multipliers.elements[index] = Float(mode.multiplier.real)
      kernels.multipliers.elements[sizes.modeCount + index] = Float(mode.multiplier.imaginary)
    }
    let (weights, products) = (Shared(parameters.inputWeights.elements), Shared(kernels.inputWeight.elements))
    Parallel.forEach(sizes.modeCount) { mode in
      let (gain, place) = (modes[mode].gain, mode * sizes.inputRows.count)
      sizes.inputRows.addProduct(
        weights.pointer + place, (Float(gain.real), Float(gain.imaginary)), to: products.pointer + place)
    }
    let factors = sizes.outputFactors(modes)
    let (source, target) = (Shared(parameters.outputWeights.elements), Shared(kernels.outputWeight.elements))
    let row = factors.count
    Parallel.forEach(sizes.width) { channel in
      let (reals, result) = (source.pointer + channel * row, target.pointer + 2 * channel * row)
      VectorMath.map(reals, factors.elements, to: result, count: row) { $0 * $1 }
      VectorMath.map(reals + sizes.width * row, factors.elements, to: result + row, count: row) { -$0 * $1 }
    }
    return kernels
  }

  /// Adds to the gradients of what is trained.
  ///
  /// A gradient by a complex number is that by its real part plus i times that by its imaginary part, so that it goes back through f by
  /// the factor conj(f′). Where Re λ is cut there is none; that of w goes by |arg λ̄| with the slope sign(arg λ̄).
  ///
  /// - Parameter kernelGradients: of what `forward` gave.
  package static func backward(
    _ kernelGradients: Kernels, parameters: Parameters, exponent: Double, gradients: Parameters
  ) {
    let sizes = Sizes(parameters)
    precondition(
      kernelGradients.multipliers.shape == [2, sizes.modeCount] && kernelGradients.inputWeight.count == parameters.inputWeights.count
        && kernelGradients.outputWeight.count == parameters.outputWeights.count,
      "ConvolutionalSystem: gradients of other kernels")
    if let program = Program.recording(kernelGradients.multipliers) {
      return recordBackward(program, kernelGradients, parameters: parameters, exponent: exponent, gradients: gradients)
    }
    let modes = sizes.modes(parameters, exponent: exponent)
    let gainGradients = inputGradients(kernelGradients.inputWeight, parameters, modes, sizes, gradients)
    let weightGradients = outputGradients(kernelGradients.outputWeight, parameters, modes, sizes, gradients)
    let multiplierGradient = kernelGradients.multipliers.elements
    for (index, mode) in modes.enumerated() {
      let slope = mode.gradient(
        multiplier: Complex(Double(multiplierGradient[index]), Double(multiplierGradient[sizes.modeCount + index])),
        gain: Complex(gainGradients[index].x, gainGradients[index].y), weight: weightGradients[index])
      gradients.decay.elements[index] += mode.isCut ? 0 : Float(slope.pole.real)
      gradients.frequency.elements[index] += Float(slope.pole.imaginary)
      gradients.logTimestep.elements[index] += Float(slope.logTimestep)
    }
  }

  /// Adds conj(g) · ∂B̄ to the gradient of B.
  ///
  /// - Returns: Σ conj(B) · ∂B̄ of each mode, the gradient of g = (λ̄ − 1)/λ.
  private static func inputGradients(
    _ kernelGradient: Tensor, _ parameters: Parameters, _ modes: [Mode], _ sizes: Sizes, _ gradients: Parameters
  ) -> [SIMD2<Double>] {
    let (slopes, weights, target) = (
      Shared(kernelGradient.elements), Shared(parameters.inputWeights.elements), Shared(gradients.inputWeights.elements)
    )
    return Parallel.map(sizes.modeCount) { mode in
      let (gain, place) = (modes[mode].gain, mode * sizes.inputRows.count)
      sizes.inputRows.addProduct(
        slopes.pointer + place, (Float(gain.real), Float(-gain.imaginary)), to: target.pointer + place)
      return sizes.inputRows.conjugateProduct(weights.pointer + place, slopes.pointer + place)
    }
  }

  /// Adds 2w · (∂ of the first half) and −2w · (∂ of the second half) to the gradient of C.
  ///
  /// - Returns: the gradient of w of each mode, 2 Σ (Re C · ∂ of the first half − Im C · ∂ of the second half).
  private static func outputGradients(
    _ kernelGradient: Tensor, _ parameters: Parameters, _ modes: [Mode], _ sizes: Sizes, _ gradients: Parameters
  ) -> [Double] {
    let (slopes, weights, target) = (
      Shared(kernelGradient.elements), Shared(parameters.outputWeights.elements), Shared(gradients.outputWeights.elements)
    )
    let factors = sizes.outputFactors(modes)
    let row = factors.count
    let sums = Parallel.map((row + columnsOfChunk - 1) / columnsOfChunk) { chunk in
      let columns = chunk * columnsOfChunk..<min(row, (chunk + 1) * columnsOfChunk)
      var sums = InlineArray<8, DoubleLanes>(repeating: .zero)
      for channel in 0..<sizes.width {
        let (reals, slope) = (channel * row, slopes.pointer + 2 * channel * row)
        let imaginaries = reals + sizes.width * row
        var index = columns.lowerBound
        while index < columns.upperBound {
          let rest = columns.upperBound &- index
          let factor = VectorMath.load(factors.elements + index, count: rest)
          let first = VectorMath.load(slope + index, count: rest)
          let second = VectorMath.load(slope + row + index, count: rest)
          let (real, imaginary) = (weights.pointer + reals + index, weights.pointer + imaginaries + index)
          sums[(index &- columns.lowerBound) / 16] += DoubleLanes(
            VectorMath.load(real, count: rest) * first - VectorMath.load(imaginary, count: rest) * second)
          let (realTarget, imaginaryTarget) = (target.pointer + reals + index, target.pointer + imaginaries + index)
          VectorMath.store(
            VectorMath.multiplyAdd(factor, first, VectorMath.load(realTarget, count: rest)), to: realTarget, count: rest)
          VectorMath.store(
            VectorMath.multiplyAdd(-factor, second, VectorMath.load(imaginaryTarget, count: rest)), to: imaginaryTarget, count: rest)
          index &+= 16
        }
      }
      return sums.indices.flatMap { vector in (0..<16).map { sums[vector][$0] } }
    }.flatMap { $0 }
    return (0..<sizes.modeCount).map { mode in
      2 * sums[mode * sizes.taps..<(mode + 1) * sizes.taps].reduce(0, +)
    }
  }

  private struct Sizes: Sendable {
    /// P.
    let modeCount: Int
    /// U.
    let width: Int
    /// k².
    let taps: Int

    init(_ parameters: Parameters) {
      let (input, output) = (parameters.inputWeights.shape, parameters.outputWeights.shape)
      let modes = parameters.decay.count
      precondition(
        input.count == 5 && output.count == 5 && output == [2, input[2], modes, input[3], input[4]] && input[1] == modes
          && input[0] == 2 && [parameters.frequency, parameters.logTimestep].allSatisfy { $0.count == modes },
        "ConvolutionalSystem: B \(input), C \(output), \(modes) modes")
      modeCount = modes
      width = input[2]
      taps = input[3] * input[4]
    }

    /// B and B̄ of one mode.
    var inputRows: ComplexRows { ComplexRows(count: width * taps, imaginaryOffset: modeCount * width * taps) }

    func modes(_ parameters: Parameters, exponent: Double) -> [Mode] {
      (0..<modeCount).map { index in
        Mode(
          decay: Double(parameters.decay.elements[index]), frequency: Double(parameters.frequency.elements[index]),
          logTimestep: Double(parameters.logTimestep.elements[index]), exponent: exponent)
      }
    }

    /// 2w for each tap of each mode.
    func outputFactors(_ modes: [Mode]) -> Tensor {
      Tensor([modeCount, taps], values: modes.flatMap { Array(repeating: Float(2 * $0.weight), count: taps) })
    }
  }

  /// One mode in discrete time.
  private struct Mode: Sendable {
    let pole: Complex<Double>
    let timestep: Double
    /// λ̄.
    let multiplier: Complex<Double>
    /// (λ̄ − 1)/λ.
    let gain: Complex<Double>
    /// w, and its derivative by arg λ̄.
    let weight: Double
    private let weightSlope: Double
    /// Whether the stored real part is above the largest one.
    let isCut: Bool

    init(decay: Double, frequency: Double, logTimestep: Double, exponent: Double) {
      // `min` would take NaN for a number.
      isCut = decay > largestRealPart
      pole = Complex(isCut ? largestRealPart : decay, frequency)
      timestep = exp(logTimestep)
      let exponentOfStep = pole * timestep
      multiplier = .exp(exponentOfStep)
      gain = .expMinusOne(exponentOfStep) / pole
      let angle = multiplier.phase
      let base = 1 + abs(angle) / (2 * .pi)
      weight = pow(base, exponent)
      let sign = angle > 0 ? 1.0 : angle < 0 ? -1 : 0
      weightSlope = sign * exponent * pow(base, exponent - 1) / (2 * .pi)
    }

    /// The gradients of λ and log Δ, from those of λ̄, (λ̄ − 1)/λ and w.
    func gradient(
      multiplier slope: Complex<Double>, gain gainSlope: Complex<Double>, weight weightGradient: Double
    ) -> (pole: Complex<Double>, logTimestep: Double) {
      // Whatever turns it is wrapped by, arg λ̄ grows as Δ Im λ.
      let angleSlope = weightGradient * weightSlope
      let gainByPole = (multiplier * timestep - gain) / pole
      let byPole = (multiplier * timestep).conjugate * slope + gainByPole.conjugate * gainSlope
      let byTimestep = ((pole * multiplier).conjugate * slope + multiplier.conjugate * gainSlope).real
      return (
        byPole + Complex(0, angleSlope * timestep), timestep * (byTimestep + angleSlope * pole.imaginary)
      )
    }
  }
}

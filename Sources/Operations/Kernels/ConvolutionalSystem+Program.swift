import Accelerators

extension ConvolutionalSystem {
  static func record(_ program: Program, _ parameters: Parameters, exponent: Double) -> Kernels {
    let modes = RecordedPictureModes(program, parameters, exponent: exponent)
    let (input, output) = (modes.inputWeights, modes.outputWeights)
    let product = modes.spread(modes.gain, to: input.shape, axis: 0) * input
    let factor = modes.outputFactor(output.shape)
    return Kernels(
      multipliers: Tensor(modes.rows(modes.multiplier.converted(to: .float32))),
      inputWeight: Tensor(product.halves(axis: 0)),
      outputWeight: Tensor((factor * output.conjugate).halves(axis: 1)))
  }

  static func recordBackward(
    _ program: Program, _ kernelGradients: Kernels, parameters: Parameters, exponent: Double, gradients: Parameters
  ) {
    let modes = RecordedPictureModes(program, parameters, exponent: exponent)
    let (input, output) = (modes.inputWeights, modes.outputWeights)
    let byInput = ComplexValue(halvesOf: kernelGradients.inputWeight.value(in: program), axis: 0)
    let weights = modes.spread(modes.gain.conjugate, to: input.shape, axis: 0) * byInput
    gradients.inputWeights.add(modes.rows(weights))
    let byGain = (input.conjugate * byInput).converted(to: .float64).sum(over: [1, 2, 3])

    let byOutput = ComplexValue(halvesOf: kernelGradients.outputWeight.value(in: program), axis: 1)
    let factor = modes.outputFactor(output.shape)
    gradients.outputWeights.add(modes.rows(factor * byOutput.conjugate))
    let products = output.real * byOutput.real - output.imaginary * byOutput.imaginary
    let byWeight = 2 * products.converted(to: .float64).sum(over: [0, 2, 3])

    let multiplierGradient = kernelGradients.multipliers.value(in: program).converted(to: .float64)
    let slope = modes.gradient(
      multiplier: ComplexValue(multiplierGradient.place(axis: 0, 0), multiplierGradient.place(axis: 0, 1)), gain: byGain, weight: byWeight)
    gradients.decay.add(slope.decay.converted(to: .float32))
    gradients.frequency.add(slope.frequency.converted(to: .float32))
    gradients.logTimestep.add(slope.logTimestep.converted(to: .float32))
  }
}

/// The modes in discrete time, [P] in double precision, by the same ways as on the host, and the weights B and C.
private struct RecordedPictureModes {
  /// B, [P, U, k, k].
  let inputWeights: ComplexValue
  /// C, [U, P, k, k].
  let outputWeights: ComplexValue
  /// λ̄.
  let multiplier: ComplexValue
  /// (λ̄ − 1)/λ.
  let gain: ComplexValue
  private let pole: ComplexValue
  private let timestep: Value
  /// w, and its derivative by arg λ̄.
  private let weight: Value
  private let weightSlope: Value
  /// Whether the stored real part is above the largest one.
  private let isCut: Value

  init(_ program: Program, _ parameters: ConvolutionalSystem.Parameters, exponent: Double) {
    func double(_ tensor: Tensor) -> Value { tensor.value(in: program).converted(to: .float64) }
    func parts(_ tensor: Tensor) -> ComplexValue {
      let value = tensor.value(in: program)
      return ComplexValue(value.place(axis: 0, 0), value.place(axis: 0, 1))
    }
    (inputWeights, outputWeights) = (parts(parameters.inputWeights), parts(parameters.outputWeights))
    let decay = double(parameters.decay)
    isCut = decay.compared(.greater, ConvolutionalSystem.largestRealPart)
    pole = ComplexValue(isCut.choose(decay.filled(ConvolutionalSystem.largestRealPart), else: decay), double(parameters.frequency))
    timestep = double(parameters.logTimestep).exponential
    multiplier = (timestep * pole).exponential
    gain = (multiplier - 1) * pole.reciprocal
    let angle = multiplier.imaginary.arcTangent(over: multiplier.real)
    let base = angle.absolute / (2 * .pi) + 1
    weight = base.power(base.filled(exponent))
    weightSlope = angle.sign * base.power(base.filled(exponent - 1)) * (exponent / (2 * .pi))
  }

  /// Numbers of the modes along one axis of an array, in float32.
  func spread(_ value: ComplexValue, to shape: [Int], axis: Int) -> ComplexValue {
    value.converted(to: .float32).broadcast(to: shape, axes: [axis])
  }

  /// 2w, in the shape of C.
  func outputFactor(_ shape: [Int]) -> Value { (2 * weight).converted(to: .float32).broadcast(to: shape, axes: [1]) }

  /// Real parts, then imaginary parts along a new first axis.
  func rows(_ value: ComplexValue) -> Value {
    value.parts { $0.reshaped([1] + $0.shape) }.halves(axis: 0)
  }

  /// The gradients of stored Re λ, Im λ and log Δ, from those of λ̄, (λ̄ − 1)/λ and w.
  func gradient(
    multiplier slope: ComplexValue, gain gainSlope: ComplexValue, weight weightGradient: Value
  ) -> (decay: Value, frequency: Value, logTimestep: Value) {
    let angleSlope = weightGradient * weightSlope
    let multiplierByPole = timestep * multiplier
    let gainByPole = (multiplierByPole - gain) * pole.reciprocal
    let byPole = multiplierByPole.conjugate * slope + gainByPole.conjugate * gainSlope
    let byTimestep = ((pole * multiplier).conjugate * slope + multiplier.conjugate * gainSlope).real
    return (
      isCut.choose(byPole.real.filled(0), else: byPole.real), byPole.imaginary + angleSlope * timestep,
      timestep * (byTimestep + angleSlope * pole.imaginary)
    )
  }
}

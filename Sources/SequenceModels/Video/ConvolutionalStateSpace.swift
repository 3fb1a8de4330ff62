import ComplexModule
import Operations
import Vocabulary

/// The trained arrays of a convolutional state space model, x_k = λ̄ x_{k−1} + B̄ * u_k, y_k = 2 Re(C * x_k), whose state is a picture of P
/// complex channels.
///
/// - Source: Smith et al., "Convolutional State Space Models for Long-Range Spatiotemporal Modeling", 2023, with NVlabs/ConvSSM,
///   models/convS5/diagonal_ssm.py; the weight on C is ours.
struct ConvolutionalStateSpace {
  private let decay: Parameter
  private let frequency: Parameter
  private let timestep: Parameter
  private let inputWeights: Parameter
  private let outputWeights: Parameter
  /// β.
  private let exponent: Double

  struct Cache {
    /// The system as convolutions and recurrence take it.
    let kernels: ConvolutionalSystem.Kernels
    let states: Tensor
    let initial: Tensor?
  }

  /// - Parameters:
  ///   - poles: of HiPPO-LegS, one of each conjugate pair.
  ///   - eigenvectors: theirs, shape [P][2P].
  init(
    _ name: String, _ specification: ConvS5Specification, poles: [Complex<Double>], eigenvectors: [[Complex<Double>]],
    initializer: inout ParameterInitializer
  ) {
    let modes = [specification.modeCount]
    decay = Parameter("\(name).real", .decay, value: Tensor(modes, values: poles.map { Float($0.real) }))
    frequency = Parameter(
      "\(name).imaginary", .frequency,
      value: Tensor(modes, values: poles.map { Float(specification.frequencyScale * $0.imaginary) }))
    timestep = Parameter(
      "\(name).log_timestep", .timestep,
      value: initializer.logUniform(
        specification.modeCount, minimum: specification.timestepMinimum, maximum: specification.timestepMaximum, stored: .log))
    let weights = initializer.convolutionalWeights(
      eigenvectors: eigenvectors, width: specification.modelWidth, kernel: ConvS5.kernelSize)
    inputWeights = Parameter("\(name).B", .inputWeights, value: weights.input)
    outputWeights = Parameter("\(name).C", .outputWeights, value: weights.output)
    exponent = specification.filterExponent
  }

  var parameters: [Parameter] { [decay, frequency, timestep, inputWeights, outputWeights] }

  private var values: ConvolutionalSystem.Parameters { arrays(\.value) }

  private func arrays(_ part: (Parameter) -> Tensor) -> ConvolutionalSystem.Parameters {
    ConvolutionalSystem.Parameters(
      decay: part(decay), frequency: part(frequency), logTimestep: part(timestep), inputWeights: part(inputWeights),
      outputWeights: part(outputWeights))
  }

  /// - Parameters:
  ///   - input: shape [B, T, D, height, width].
  ///   - initial: the state before the first step, shape [B, 2P, height, width]; nil is zero.
  /// - Returns: y in the shape of the input, and the states in the cache, real parts before imaginary ones.
  func forward(_ input: Tensor, initial: Tensor?) -> (output: Tensor, cache: Cache) {
    let kernels = ConvolutionalSystem.forward(values, exponent: exponent)
    let driven = Convolution2D.forward(input.asFrames, weight: kernels.inputWeight, bias: nil)
    let states = DiagonalScan.forward(
      driven.reshaped(Array(input.shape[0..<2]) + driven.shape.dropFirst()), multipliers: kernels.multipliers, initial: initial)
    let output = Convolution2D.forward(states.asFrames, weight: kernels.outputWeight, bias: nil)
    return (output.reshaped(input.shape), Cache(kernels: kernels, states: states, initial: initial))
  }

  /// Returns the gradient of the input; adds those of the parameters.
  func backward(outputGradient: Tensor, input: Tensor, cache: Cache) -> Tensor {
    let kernels = cache.kernels
    let gradients = ConvolutionalSystem.Kernels(
      multipliers: .zeros(like: kernels.multipliers), inputWeight: .zeros(like: kernels.inputWeight),
      outputWeight: .zeros(like: kernels.outputWeight))
    let stateGradient = Convolution2D.backward(
      outputGradient: outputGradient.asFrames, input: cache.states.asFrames, weight: kernels.outputWeight,
      weightGradient: gradients.outputWeight, biasGradient: nil
    ).reshaped(cache.states.shape)
    let drivenGradient = DiagonalScan.backward(
      stateGradient: stateGradient, states: cache.states, multipliers: kernels.multipliers, initial: cache.initial,
      multiplierGradient: gradients.multipliers)
    let inputGradient = Convolution2D.backward(
      outputGradient: drivenGradient.asFrames, input: input.asFrames, weight: kernels.inputWeight,
      weightGradient: gradients.inputWeight, biasGradient: nil)
    ConvolutionalSystem.backward(gradients, parameters: values, exponent: exponent, gradients: arrays(\.gradient))
    return inputGradient.reshaped(input.shape)
  }
}

extension Tensor {
  /// [B, T, C, height, width] as [B·T, C, height, width].
  var asFrames: Tensor { reshaped([shape[0] * shape[1]] + shape.dropFirst(2)) }
}

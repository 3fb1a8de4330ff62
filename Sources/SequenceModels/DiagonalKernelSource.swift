import Arrays
import ComplexModule
import Foundation
import Operations
import StateSpace

/// Kernels of S4D and TFB, from arrays under the names and in the stored form of the reference code.
///
/// With a filter the kernel of one direction becomes one of two, because a filter in frequency is not causal.
struct DiagonalKernelSource: KernelSource {
  private let timestep: Parameter
  private let decay: Parameter
  private let frequency: Parameter
  private let inputWeights: Parameter?
  private let outputWeights: Parameter
  private let filter: (exponents: Parameter, options: SobolevFilter.Options)?
  private let options: DiagonalKernel.Options

  init(
    _ name: String, _ configuration: DiagonalLayerConfiguration, modelWidth: Int, initializer: inout ParameterInitializer
  ) throws {
    let isMinimal = configuration.form == .minimal
    let systemCount = isMinimal ? modelWidth : configuration.systemCount ?? modelWidth
    let poleGroup = Parameter.Group.stateSpace(
      learningRate: configuration.poleLearningRate, weightDecay: configuration.poleWeightDecay ?? 0)

    // The pipeline's forms store ω = −Im λ ≥ 1e-4 and the minimal one +|Im λ|: only the conjugate differs, which 2·Re does not see.
    let scale = configuration.frequencyScale ?? 1
    let poles = try Self.initialPoles(configuration, systemCount: systemCount, initializer: &initializer)
    let shape = [systemCount, configuration.modeCount]
    decay = Parameter(
      "\(name).\(isMinimal ? "log_A_real" : "A_real")", poleGroup,
      value: Tensor(shape, values: poles.map { Float(log(max(-$0.real, 1e-4))) }))
    frequency = Parameter(
      "\(name).A_imag", poleGroup,
      value: Tensor(shape, values: poles.map { Float(max(scale * abs($0.imaginary), isMinimal ? 0 : 1e-4)) }))
    inputWeights =
      configuration.form == .full
      ? Parameter("\(name).B", poleGroup, value: try Self.initialInputWeights(configuration, systemCount: systemCount))
      : nil
    outputWeights = Parameter(
      "\(name).C", .general,
      value: initializer.normal([configuration.bidirectional ? 2 : 1, modelWidth, configuration.modeCount, 2], deviation: 0.5.squareRoot()))
    timestep = Parameter(
      "\(name).\(isMinimal ? "log_dt" : "inv_dt")", .stateSpace(learningRate: configuration.timestepLearningRate),
      value: initializer.logUniform(
        modelWidth, minimum: configuration.timestepMinimum, maximum: configuration.timestepMaximum,
        stored: configuration.timestepTransform))
    filter = configuration.filter.map { filter in
      (
        Parameter(
          "\(name).s", .stateSpace(learningRate: filter.learningRate), value: Tensor([modelWidth], filledWith: Float(filter.exponent))),
        SobolevFilter.Options(weighting: filter.weighting)
      )
    }
    options = DiagonalKernel.Options(
      poles: .continuous(configuration.discretization),
      timestepTransform: configuration.timestepTransform, frequencySign: isMinimal ? 1 : -1)
  }

  let copies = 1
  let boundary = LongConvolution.Boundary.zeros

  var parameters: [Parameter] {
    [timestep, decay, frequency, inputWeights, outputWeights, filter?.exponents].compactMap { $0 }
  }

  func kernel(length: Int, samplingRate: Int) -> Tensor {
    let kernel = unfiltered(length: length, samplingRate: samplingRate)
    guard let filter else { return kernel }
    return SobolevFilter.forward(kernel, exponents: filter.exponents.value, options: filter.options)
  }

  func backward(kernelGradient: Tensor, length: Int, samplingRate: Int) {
    var gradient = kernelGradient
    if let filter {
      gradient = SobolevFilter.backward(
        outputGradient: gradient, kernel: unfiltered(length: length, samplingRate: samplingRate), exponents: filter.exponents.value,
        exponentGradient: filter.exponents.gradient, options: filter.options)
    }
    DiagonalKernel.backward(
      kernelGradient: gradient, arrays(\.value), options: options.at(samplingRate), gradients: arrays(\.gradient))
  }

  private func unfiltered(length: Int, samplingRate: Int) -> Tensor {
    DiagonalKernel.forward(arrays(\.value), length: length, options: options.at(samplingRate))
  }

  private func arrays(_ part: KeyPath<Parameter, Tensor>) -> DiagonalKernel.Parameters {
    DiagonalKernel.Parameters(
      timestep: timestep[keyPath: part], decay: decay[keyPath: part], frequency: frequency[keyPath: part],
      inputWeights: inputWeights?[keyPath: part], outputWeights: outputWeights[keyPath: part])
  }

  /// The poles of all systems, one system after another: the same in each, or drawn for each.
  private static func initialPoles(
    _ configuration: DiagonalLayerConfiguration, systemCount: Int, initializer: inout ParameterInitializer
  ) throws -> [Complex<Double>] {
    let drawCount = configuration.initialization.isDrawn ? systemCount : 1
    let poles = try (0..<drawCount).map { _ in try initializer.poles(configuration.initialization, modeCount: configuration.modeCount) }
    return (0..<systemCount).flatMap { poles[$0 % drawCount] }
  }

  /// B of each system as (re, im) pairs, shape [systems, modes, 2]: 1, or for LegS the moduli of the rotated HiPPO vector, whose phases
  /// the random C absorbs.
  private static func initialInputWeights(_ configuration: DiagonalLayerConfiguration, systemCount: Int) throws -> Tensor {
    let moduli =
      configuration.initialization == .legS
      ? try InitialPoles.legSInputWeightModuli(stateSize: configuration.stateSize)
      : [Double](repeating: 1, count: configuration.modeCount)
    let row: [Float] = moduli.flatMap { [Float($0), 0] }
    return Tensor([systemCount, moduli.count, 2], values: (0..<systemCount).flatMap { _ in row })
  }
}

extension DiagonalKernel.Options {
  func at(_ samplingRate: Int) -> DiagonalKernel.Options {
    var options = self
    options.samplingRate = Double(samplingRate)
    return options
  }
}

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
    let poleGroup = Parameter.Group.stateSpace(learningRate: configuration.poleLearningRate)

    // The pipeline's forms store ω = −Im λ ≥ 1e-4 and the minimal one +|Im λ|: only the conjugate differs, which 2·Re does not see.
    let scale = configuration.frequencyScale ?? 1
    let stored = try InitialPoles.poles(configuration.initialization, stateSize: 2 * configuration.modeCount).map { pole in
      let frequency = scale * abs(pole.imaginary)
      return (decay: log(max(-pole.real, 1e-4)), frequency: isMinimal ? frequency : max(frequency, 1e-4))
    }
    decay = Parameter(
      "\(name).\(isMinimal ? "log_A_real" : "A_real")", poleGroup, value: Self.repeated(stored.map(\.decay), times: systemCount))
    frequency = Parameter("\(name).A_imag", poleGroup, value: Self.repeated(stored.map(\.frequency), times: systemCount))
    inputWeights =
      configuration.form == .full
      ? Parameter("\(name).B", poleGroup, value: Self.repeated(try Self.initialInputWeights(configuration), times: systemCount, parts: 2))
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
        SobolevFilter.Options(weighting: filter.weighting.operation)
      )
    }
    options = DiagonalKernel.Options(
      poles: .continuous(configuration.discretization == .zeroOrderHold ? .zeroOrderHold : .bilinear),
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

  /// B of one system as (re, im) pairs: 1, or for LegS the moduli of the rotated HiPPO vector, whose phases the random C absorbs.
  private static func initialInputWeights(_ configuration: DiagonalLayerConfiguration) throws -> [Double] {
    let moduli =
      configuration.initialization == .legS
      ? try InitialPoles.legSInputWeightModuli(stateSize: configuration.stateSize)
      : [Double](repeating: 1, count: configuration.modeCount)
    return moduli.flatMap { [$0, 0] }
  }

  /// The same row for each system: shape [times, count / parts] or, with parts, [times, count / parts, parts].
  private static func repeated(_ row: [Double], times: Int, parts: Int = 1) -> Tensor {
    let values = row.map { Float($0) }
    let shape = [times, row.count / parts] + (parts > 1 ? [parts] : [])
    return Tensor(shape, values: (0..<times).flatMap { _ in values })
  }
}

extension DiagonalKernel.Options {
  func at(_ samplingRate: Int) -> DiagonalKernel.Options {
    var options = self
    options.samplingRate = Double(samplingRate)
    return options
  }
}

import Arrays
import ComplexModule
import Foundation
import Operations
import StateSpace

/// The trained arrays behind a diagonal kernel, under the names and in the stored form of the reference code.
struct DiagonalKernelParameters {
  private let timestep: Parameter
  private let decay: Parameter
  private let frequency: Parameter
  private let inputWeights: Parameter?
  private let outputWeights: Parameter
  private let options: DiagonalKernel.Options

  init(
    _ name: String, _ configuration: DiagonalLayerConfiguration, modelWidth: Int, initializer: inout ParameterInitializer
  ) throws {
    let poles = try InitialPoles.poles(configuration.initialization, stateSize: configuration.stateSize)
    let isFull = configuration.form == .full
    let systemCount = isFull ? configuration.systemCount ?? modelWidth : modelWidth
    let modeCount = configuration.modeCount
    let poleGroup = Parameter.Group.stateSpace(learningRate: configuration.poleLearningRate)

    // The full form stores ω = −Im λ ≥ 1e-4 and the minimal one +|Im λ|: only the conjugate differs, which 2·Re does not see.
    let stored = poles.map { (decay: log(max(-$0.real, 1e-4)), frequency: isFull ? max(abs($0.imaginary), 1e-4) : abs($0.imaginary)) }
    decay = Parameter(
      "\(name).\(isFull ? "A_real" : "log_A_real")", poleGroup, value: Self.repeated(stored.map(\.decay), times: systemCount))
    frequency = Parameter("\(name).A_imag", poleGroup, value: Self.repeated(stored.map(\.frequency), times: systemCount))
    inputWeights =
      isFull
      ? Parameter("\(name).B", poleGroup, value: Self.repeated(try Self.initialInputWeights(configuration), times: systemCount, parts: 2))
      : nil
    outputWeights = Parameter(
      "\(name).C", .general,
      value: initializer.normal([configuration.bidirectional ? 2 : 1, modelWidth, modeCount, 2], deviation: 0.5.squareRoot()))

    let timesteps = initializer.logUniform(modelWidth, minimum: configuration.timestepMinimum, maximum: configuration.timestepMaximum)
    timestep = Parameter(
      "\(name).\(isFull ? "inv_dt" : "log_dt")", .stateSpace(learningRate: configuration.timestepLearningRate),
      value: Tensor(
        [modelWidth], values: timesteps.map { Float(configuration.timestepTransform == .log ? log($0) : log(expm1($0))) }))
    options = DiagonalKernel.Options(
      discretization: configuration.discretization == .zeroOrderHold ? .zeroOrderHold : .bilinear,
      timestepTransform: configuration.timestepTransform == .log ? .log : .softplus, frequencySign: isFull ? -1 : 1)
  }

  var all: [Parameter] { [timestep, decay, frequency, inputWeights, outputWeights].compactMap { $0 } }

  func kernel(length: Int) -> Tensor { DiagonalKernel.forward(arrays(\.value), length: length, options: options) }

  func backward(kernelGradient: Tensor) {
    DiagonalKernel.backward(kernelGradient: kernelGradient, arrays(\.value), options: options, gradients: arrays(\.gradient))
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

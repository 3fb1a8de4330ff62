import ComplexModule
import Foundation
import Operations
import StateSpace
import Vocabulary

extension DiagonalKernelSource {
  /// The systems of S4D and TFB with their initial values.
  init(
    _ name: String, _ configuration: DiagonalLayerSpecification, modelWidth: Int, initializer: inout ParameterInitializer
  ) throws {
    let isMinimal = configuration.form == .minimal
    let systemCount = isMinimal ? modelWidth : configuration.systemCount ?? modelWidth

    // The pipeline's forms store ω = −Im λ ≥ 1e-4 and the minimal one +|Im λ|: only the conjugate differs, which 2·Re does not see.
    let scale = configuration.frequencyScale ?? 1
    let poles = try Self.initialPoles(configuration, systemCount: systemCount, initializer: &initializer)
    let shape = [systemCount, configuration.modeCount]
    decay = Parameter(
      "\(name).\(isMinimal ? "log_A_real" : "A_real")", .decay,
      value: Tensor(shape, values: poles.map { Float(log(max(-$0.real, 1e-4))) }))
    frequency = Parameter(
      "\(name).A_imag", .frequency,
      value: Tensor(shape, values: poles.map { Float(max(scale * abs($0.imaginary), isMinimal ? 0 : 1e-4)) }))
    inputWeights =
      configuration.form == .full
      ? Parameter("\(name).B", .inputWeights, value: try Self.initialInputWeights(configuration, systemCount: systemCount))
      : nil
    outputWeights = Parameter(
      "\(name).C", .outputWeights,
      value: initializer.normal([configuration.bidirectional ? 2 : 1, modelWidth, configuration.modeCount, 2], deviation: 0.5.squareRoot()))
    timestep = Parameter(
      "\(name).\(isMinimal ? "log_dt" : "inv_dt")", .timestep,
      value: initializer.logUniform(
        modelWidth, minimum: configuration.timestepMinimum, maximum: configuration.timestepMaximum,
        stored: configuration.timestepTransform))
    options = DiagonalKernel.Options(
      poles: .continuous(configuration.discretization),
      timestepTransform: configuration.timestepTransform, frequencySign: isMinimal ? 1 : -1)
  }

  /// The poles of all systems, one system after another: the same in each, or drawn for each.
  private static func initialPoles(
    _ configuration: DiagonalLayerSpecification, systemCount: Int, initializer: inout ParameterInitializer
  ) throws -> [Complex<Double>] {
    let drawCount = configuration.initialization.isDrawn ? systemCount : 1
    let poles = try (0..<drawCount).map { _ in try initializer.poles(configuration.initialization, modeCount: configuration.modeCount) }
    return (0..<systemCount).flatMap { poles[$0 % drawCount] }
  }

  /// B of each system as (re, im) pairs, shape [systems, modes, 2]. For S4D-LegS it is clipped as in the reference code, not that of the
  /// physical HiPPO system.
  private static func initialInputWeights(_ configuration: DiagonalLayerSpecification, systemCount: Int) throws -> Tensor {
    let weights =
      try InitialPoles.trainingInputWeights(configuration.initialization, stateSize: configuration.stateSize)
      ?? [Complex](repeating: 1, count: configuration.modeCount)
    let row = weights.flatMap { [Float($0.real), Float($0.imaginary)] }
    return Tensor([systemCount, weights.count, 2], values: (0..<systemCount).flatMap { _ in row })
  }
}

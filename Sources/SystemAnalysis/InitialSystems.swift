import Arrays
import ComplexModule
import Foundation
import RunSupport
import StateSpace
import Vocabulary

/// The systems of one layer before training.
package struct InitialSystems: Sendable {
  package enum OutputWeights: String, Sendable, CaseIterable {
    /// C ~ CN(0, 1), N(0, 1) for dense systems; h of HOPE likewise.
    case random
    /// C = 1; h = 1/(2·√(2n)).
    case ones
  }

  package var initialization: Initialization
  /// N.
  package var stateSize = 64
  /// H, channels.
  package var width = 1
  /// Log-uniform in here; one value for a range of no length.
  package var timesteps: ClosedRange<Double>
  /// α, the factor on initial frequencies.
  package var frequencyScale = 1.0
  /// β of the frequency filter.
  package var sobolevExponent = 0.0
  package var discretization = Discretization.zeroOrderHold
  package var plane = FourierPlane.half
  package var inputFactor = FourierInputFactor.zeroOrderHold
  package var outputWeights = OutputWeights.random
  package var seed: UInt64 = 0

  package init(_ initialization: Initialization) {
    self.initialization = initialization
    timesteps = initialization.defaultTimestep...initialization.defaultTimestep
  }

  /// One system for each channel; equal seeds give equal systems, whatever the number of channels.
  ///
  /// - Throws: `StageError` (`badConfiguration`) for sizes and numbers that make no system.
  package func systems() throws -> [SystemEntry] {
    try check()
    let poles = try sharedPoles()
    return try (0..<width).map { channel in
      var stream = RandomStream(seed: seed, purpose: .initialization, lane: UInt32(channel))
      let span = log(timesteps.upperBound / timesteps.lowerBound)
      let timestep = timesteps.lowerBound * exp(span * stream.uniform())
      let system = try system(channel, timestep: timestep, poles: poles, &stream)
      return SystemEntry(layer: 0, direction: 0, channel: channel, system: system)
    }
  }

  private func system(
    _ channel: Int, timestep: Double, poles: SharedPoles, _ stream: inout RandomStream
  ) throws -> any LayerSystem {
    switch initialization {
    case .s4dLinear, .s4dInverse, .s4dLegS, .s4dFourier, .random, .tunedLongRangeArena, .tunedWaves, .tunedDenoising:
      let own = initialization == .random ? scaled(RandomPoles.leftHalfDisc(modeCount: stateSize / 2, using: &stream)) : poles.values
      var weights = complexWeights(own.count, &stream)
      if initialization == .tunedDenoising { weights = zip(weights, own).map { $0 * Complex(abs($1.imaginary) / 1000) } }
      let system = DiagonalSystem(
        poles: own, inputWeights: poles.inputWeights, outputWeights: weights, timestep: timestep, discretization: discretization)
      guard sobolevExponent != 0 else { return system }
      guard let pointCount = initialization.filterPointCount else { return TunedSystem(system: system, exponent: sobolevExponent) }
      return TunedSystem(
        system: system, exponent: sobolevExponent, weighting: .binsOver10000, pointCount: Double(pointCount))
    case .s4LegS:
      return dense(.legS(outputWeights: realWeights(&stream)), timestep)
    case .s4Fourier:
      return dense(DenseSystem.fourier(outputWeights: realWeights(&stream)).withoutState(1), timestep)
    case .hope:
      let deviation = Complex(1 / (2 * Double(2 * stateSize).squareRoot()))
      return HankelSystem(markovParameters: complexWeights(stateSize, &stream).map { deviation * $0 }, timestep: timestep)
    case .fourier, .fourierSingle, .fourierToken, .fourierRandom, .fourierBatched:
      let angles =
        poles.angles?[channel] ?? RandomPoles.angles(modeCount: plane.modeCount(stateSize: stateSize), using: &stream)
      return DampedFourierSystem(
        damping: timestep, angles: angles, outputWeights: complexWeights(angles.count, &stream), inputFactor: inputFactor,
        outputFactor: plane.outputFactor)
    }
  }

  /// What all channels have in common, computed once.
  private struct SharedPoles {
    var values: [Complex<Double>] = []
    var inputWeights: [Complex<Double>]?
    /// Of damped Fourier systems, for each channel; nil where each channel draws its own.
    var angles: [[Double]]?
  }

  private func sharedPoles() throws -> SharedPoles {
    func stored(_ name: PoleInitialization) throws -> SharedPoles {
      SharedPoles(values: scaled(try InitialPoles.poles(name, stateSize: stateSize).map { Complex(min($0.real, -1e-4), $0.imaginary) }))
    }
    switch initialization {
    case .s4dLinear: return try stored(.linear)
    case .s4dInverse: return try stored(.inverse)
    case .s4dFourier: return try stored(.fourier)
    case .s4dLegS:
      var poles = try stored(.legS)
      poles.inputWeights = try InitialPoles.legSInputWeightModuli(stateSize: stateSize).map { Complex($0) }
      return poles
    case .tunedLongRangeArena: return SharedPoles(values: TunedPoles.longRangeArena(scale: frequencyScale, modeCount: stateSize))
    case .tunedWaves: return SharedPoles(values: TunedPoles.waves(scale: frequencyScale, modeCount: stateSize))
    case .tunedDenoising:
      return SharedPoles(values: TunedPoles.denoising(spacing: .pi * frequencyScale, modeCount: stateSize / 2))
    default:
      let angles = initialization.angles.flatMap { FourierAngles.layer($0, plane: plane, stateSize: stateSize, width: width) }
      return SharedPoles(angles: angles)
    }
  }

  private func scaled(_ poles: [Complex<Double>]) -> [Complex<Double>] { poles.map { Complex($0.real, frequencyScale * $0.imaginary) } }

  private func dense(_ system: DenseSystem, _ timestep: Double) -> SampledDenseSystem {
    SampledDenseSystem(system: system, timestep: timestep, discretization: discretization)
  }

  private func complexWeights(_ count: Int, _ stream: inout RandomStream) -> [Complex<Double>] {
    (0..<count).map { _ in
      outputWeights == .ones ? 1 : Complex(stream.normal() * 0.5.squareRoot(), stream.normal() * 0.5.squareRoot())
    }
  }

  private func realWeights(_ stream: inout RandomStream) -> [Complex<Double>] {
    (0..<stateSize).map { _ in outputWeights == .ones ? 1 : Complex(stream.normal()) }
  }
}

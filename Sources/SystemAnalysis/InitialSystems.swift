import Arrays
import ComplexModule
import Foundation
import StateSpace
import Vocabulary

/// The systems of one layer before training, as theory has them.
///
/// S4D-LegS has the input weights of the physical HiPPO system; a model that trains starts with them clipped, see
/// `InitialPoles.trainingInputWeights`, and `analyze-systems` with a checkpoint shows those.
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
    case .diagonal(let name):
      let own = try poles.values ?? stored(InitialPoles.poles(name, stateSize: stateSize, using: &stream))
      return tuned(own, poles.inputWeights, complexWeights(own.count, &stream), timestep)
    case .tunedLongRangeArena, .tunedWaves, .tunedDenoising:
      let own = poles.values ?? []
      var weights = complexWeights(own.count, &stream)
      if initialization == .tunedDenoising { weights = zip(weights, own).map { $0 * Complex(abs($1.imaginary) / 1000) } }
      return tuned(own, nil, weights, timestep)
    case .denseLegS:
      return dense(.legS(outputWeights: realWeights(&stream)), timestep)
    case .denseFourier:
      return dense(DenseSystem.fourier(outputWeights: realWeights(&stream)).withoutState(1), timestep)
    case .hankel:
      let deviation = Complex(1 / (2 * Double(2 * stateSize).squareRoot()))
      return HankelSystem(markovParameters: complexWeights(stateSize, &stream).map { deviation * $0 }, timestep: timestep)
    case .dampedFourier:
      let angles =
        poles.angles?[channel] ?? RandomPoles.angles(modeCount: plane.modeCount(stateSize: stateSize), using: &stream)
      return DampedFourierSystem(
        damping: timestep, angles: angles, outputWeights: complexWeights(angles.count, &stream), inputFactor: inputFactor,
        outputFactor: plane.outputFactor)
    }
  }

  /// A diagonal system, behind a filter where β is not 0.
  private func tuned(
    _ poles: [Complex<Double>], _ inputWeights: [Complex<Double>]?, _ outputWeights: [Complex<Double>], _ timestep: Double
  ) -> any LayerSystem {
    let system = DiagonalSystem(
      poles: poles, inputWeights: inputWeights, outputWeights: outputWeights, timestep: timestep, discretization: discretization)
    guard sobolevExponent != 0 else { return system }
    guard let pointCount = initialization.filterPointCount else { return TunedSystem(system: system, exponent: sobolevExponent) }
    return TunedSystem(system: system, exponent: sobolevExponent, weighting: .binsOver10000, pointCount: Double(pointCount))
  }

  /// What all channels have in common, computed once.
  private struct SharedPoles {
    /// Poles of diagonal systems; nil where each channel draws its own.
    var values: [Complex<Double>]?
    var inputWeights: [Complex<Double>]?
    /// Angles of damped Fourier systems, for each channel; nil for all other systems.
    var angles: [[Double]]?
  }

  private func sharedPoles() throws -> SharedPoles {
    switch initialization {
    case .diagonal(let name):
      return SharedPoles(
        values: name.isDrawn ? nil : stored(try InitialPoles.poles(name, stateSize: stateSize)),
        inputWeights: try InitialPoles.inputWeights(name, stateSize: stateSize))
    case .tunedLongRangeArena: return SharedPoles(values: TunedPoles.longRangeArena(scale: frequencyScale, modeCount: stateSize))
    case .tunedWaves: return SharedPoles(values: TunedPoles.waves(scale: frequencyScale, modeCount: stateSize))
    case .tunedDenoising:
      return SharedPoles(values: TunedPoles.denoising(spacing: .pi * frequencyScale, modeCount: stateSize / 2))
    case .dampedFourier(let arrangement):
      return SharedPoles(angles: FourierAngles.layer(arrangement, plane: plane, stateSize: stateSize, width: width))
    case .denseLegS, .denseFourier, .hankel: return SharedPoles()
    }
  }

  /// With frequencies times α, and at least the damping that a layer stores.
  private func stored(_ poles: [Complex<Double>]) -> [Complex<Double>] {
    poles.map { Complex(min($0.real, -1e-4), frequencyScale * $0.imaginary) }
  }

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

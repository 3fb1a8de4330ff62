import ComplexModule

/// One system with a single input and a single output, whatever its parameters are: what a channel of a layer convolves with.
package protocol LayerSystem: Sendable {
  /// Δ; the damping ξ of a damped Fourier system, Δt of HOPE.
  var timestep: Double { get }

  /// Stored poles: of each conjugate pair only one where the output takes two times the real part.
  func systemPoles() throws -> [SystemPole]

  /// K at lags 0 ..< length, or from −length where a filter makes it look ahead.
  func impulseResponse(length: Int) throws -> ImpulseResponse

  /// The Fourier transform of the endless impulse response.
  ///
  /// - Parameter frequencies: in the unit of the domain; |θ| ≤ π in the discrete one.
  /// - Throws: `StageError` (`badConfiguration`) where the parameters describe steps alone and the domain is continuous.
  func transferFunction(at frequencies: [Double], _ domain: TimeDomain) throws -> [Complex<Double>]

  /// Descending. A frequency filter is left out, because the filtered system has no finite state.
  func hankelSingularValues(_ domain: TimeDomain) throws -> [Double]

  /// The system on every r-th sample: Δ, and what is counted in steps, times r.
  func resampled(every rate: Int) -> Self
}

extension LayerSystem {
  /// The largest gain over an even grid of [0, π] and the angles of all poles; infinite without damping.
  ///
  /// - Parameter pointCount: points of the grid, at least 2.
  package func score(pointCount: Int) throws -> Double {
    let resonances = try systemPoles().map { abs($0.discrete.phase) }.filter(\.isFinite)
    let gains = try transferFunction(at: FrequencyGrid.even(0...Double.pi, pointCount: pointCount) + resonances, .discrete).map(\.length)
    return gains.allSatisfy(\.isFinite) ? gains.max() ?? 0 : .infinity
  }
}

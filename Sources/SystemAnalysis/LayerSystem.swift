import ComplexModule
import StateSpace

/// Whether a system is looked at in time steps, as its layer runs, or before sampling.
package enum TimeDomain: String, Sendable, CaseIterable {
  /// Angles in radians per step.
  case discrete
  /// Frequencies in radians per unit of the system's time.
  case continuous
}

/// One system with a single input and a single output, whatever its parameters are: what a channel of a layer convolves with.
package protocol LayerSystem: Sendable {
  /// Δ; the damping ξ of a damped Fourier system, Δt of HOPE.
  var timestep: Double { get }

  /// Stored poles: of each conjugate pair only one where the output takes two times the real part.
  func poles() throws -> [SystemPole]

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

package struct SystemPole: Sendable {
  /// λ, per unit of time.
  package var continuous: Complex<Double>?
  /// λ̄.
  package var discrete: Complex<Double>
  /// The angle in radians per step before it is folded into one turn; nil where no frequency was sampled.
  package var angle: Double?
  package var multiplicity = 1
  /// |C|·|B̄|/(1 − |λ̄|), the H∞ score of the mode by itself; nil where a mode is not a system by itself.
  package var score: Double?

  /// Sampling folds the frequency back: |angle| ≥ π (DFouT, Lemma 1).
  package var isAliased: Bool { angle.map { abs($0) >= .pi } ?? false }
}

package struct ImpulseResponse: Sendable {
  package var firstLag = 0
  package var values: [Double]
}

extension LayerSystem {
  /// The largest gain over an even grid of [0, π] and the angles of all poles; infinite without damping.
  ///
  /// - Parameter pointCount: points of the grid, at least 2.
  package func score(pointCount: Int) throws -> Double {
    let resonances = try poles().map { abs($0.discrete.phase) }.filter(\.isFinite)
    let gains = try transferFunction(at: FrequencyGrid.even(0...Double.pi, pointCount: pointCount) + resonances, .discrete).map(\.length)
    return gains.allSatisfy(\.isFinite) ? gains.max() ?? 0 : .infinity
  }
}

/// Where transfer functions are evaluated.
package enum FrequencyGrid {
  /// - Precondition: at least two points.
  package static func even(_ band: ClosedRange<Double>, pointCount: Int) -> [Double] {
    precondition(pointCount >= 2, "FrequencyGrid: \(pointCount) points")
    return (0..<pointCount).map { index in
      let share = Double(index) / Double(pointCount - 1)
      return band.lowerBound * (1 - share) + band.upperBound * share
    }
  }

  /// Equal factors between neighbours.
  ///
  /// - Precondition: at least two points, and the band begins above 0.
  package static func logarithmic(_ band: ClosedRange<Double>, pointCount: Int) -> [Double] {
    precondition(band.lowerBound > 0, "FrequencyGrid: a logarithmic band from \(band.lowerBound)")
    let exponents = even(Double.log(band.lowerBound)...Double.log(band.upperBound), pointCount: pointCount)
    return [band.lowerBound] + exponents.dropFirst().dropLast().map { .exp($0) } + [band.upperBound]
  }
}

import ComplexModule
import Vocabulary

/// A system with a full state matrix and real weights, sampled.
package struct SampledDenseSystem: LayerSystem {
  package var system: DenseSystem
  package var timestep: Double
  package var discretization: Discretization

  package init(system: DenseSystem, timestep: Double, discretization: Discretization) {
    self.system = system
    self.timestep = timestep
    self.discretization = discretization
  }

  /// All eigenvalues, both of a conjugate pair; they share the output, so none has a score of its own.
  package func systemPoles() throws -> [SystemPole] {
    try system.poles().sorted { ($0.imaginary, $0.real) < ($1.imaginary, $1.real) }.map { pole in
      let mode = discretization.mode(at: Complex(timestep) * pole)
      let angle = discretization == .zeroOrderHold ? timestep * pole.imaginary : mode.pole.phase
      return SystemPole(continuous: pole, discrete: mode.pole, angle: angle)
    }
  }

  package func impulseResponse(length: Int) throws -> ImpulseResponse {
    ImpulseResponse(values: try system.kernel(length: length, discretization, timestep: timestep).map(\.real))
  }

  package func transferFunction(at frequencies: [Double], _ domain: TimeDomain) throws -> [Complex<Double>] {
    switch domain {
    case .discrete: try system.transferFunction(at: frequencies, discretization, timestep: timestep)
    case .continuous: try system.continuousTransferFunction(atFrequencies: frequencies)
    }
  }

  package func hankelSingularValues(_ domain: TimeDomain) throws -> [Double] {
    switch domain {
    case .continuous: try system.hankelSingularValues(.continuous, timestep: timestep)
    case .discrete:
      try system.hankelSingularValues(discretization == .zeroOrderHold ? .zeroOrderHold : .bilinear, timestep: timestep)
    }
  }

  package func resampled(every rate: Int) -> SampledDenseSystem {
    SampledDenseSystem(system: system, timestep: Double(rate) * timestep, discretization: discretization)
  }
}

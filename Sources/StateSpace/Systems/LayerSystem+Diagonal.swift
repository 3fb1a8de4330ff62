import ComplexModule
import RunSupport

extension DiagonalSystem: LayerSystem {
  package func systemPoles() -> [SystemPole] {
    let discrete = discrete
    return zip(poles, zip(discrete.modes, discrete.modeScores)).map { pole, mode in
      // The bilinear map bends all frequencies into one turn, so there its own angle is the unfolded one.
      let angle = discretization == .zeroOrderHold ? timestep * pole.imaginary : mode.0.pole.phase
      return SystemPole(continuous: pole, discrete: mode.0.pole, angle: angle, score: mode.1)
    }
  }

  package func impulseResponse(length: Int) -> ImpulseResponse { ImpulseResponse(values: kernel(length: length)) }

  package func transferFunction(at frequencies: [Double], _ domain: TimeDomain) -> [Complex<Double>] {
    switch domain {
    case .continuous: return frequencies.map(continuousTransferFunction(atFrequency:))
    case .discrete:
      let discrete = discrete
      return frequencies.map(discrete.transferFunction(at:))
    }
  }

  package func hankelSingularValues(_ domain: TimeDomain) throws -> [Double] {
    switch domain {
    case .continuous: try hankelSingularValues(HankelForm.continuous)
    case .discrete: try hankelSingularValues(discretization == .zeroOrderHold ? HankelForm.zeroOrderHold : .bilinear)
    }
  }

  package func resampled(every rate: Int) -> DiagonalSystem {
    var system = self
    system.timestep *= Double(rate)
    return system
  }
}

extension TunedSystem: LayerSystem {
  package var timestep: Double { system.timestep }
  /// With the scores of the modes before the filter.
  package func systemPoles() -> [SystemPole] { system.systemPoles() }

  package func impulseResponse(length: Int) -> ImpulseResponse {
    guard exponent != 0 else { return system.impulseResponse(length: length) }
    return ImpulseResponse(firstLag: -length, values: kernel(length: length))
  }

  package func transferFunction(at frequencies: [Double], _ domain: TimeDomain) throws -> [Complex<Double>] {
    if domain == .discrete { return frequencies.map(transferFunction(at:)) }
    guard weighting.isSymmetric else {
      throw StageError(
        .badConfiguration, "this filter has no continuous form", where: "the continuous domain",
        why: "its factors for negative frequencies are counted from the last bin of a transform", fix: "choose the discrete domain")
    }
    return frequencies.map(continuousTransferFunction(atFrequency:))
  }

  package func hankelSingularValues(_ domain: TimeDomain) throws -> [Double] { try system.hankelSingularValues(domain) }
}

import ComplexModule
import RunSupport

extension DampedFourierSystem: LayerSystem {
  package var timestep: Double { damping }
  /// Poles as of a system in continuous time with the step ξ: λ = log λ̄/ξ.
  package func systemPoles() -> [SystemPole] {
    let discrete = discrete
    return zip(logarithmicPoles, zip(discrete.modes, discrete.modeScores)).map { logarithm, mode in
      SystemPole(
        continuous: damping > 0 ? logarithm / Complex(damping) : nil, discrete: mode.0.pole, angle: logarithm.imaginary, score: mode.1)
    }
  }

  package func impulseResponse(length: Int) -> ImpulseResponse { ImpulseResponse(values: kernel(length: length)) }

  package func transferFunction(at frequencies: [Double], _ domain: TimeDomain) throws -> [Complex<Double>] {
    try requireDiscrete(domain)
    let discrete = discrete
    return frequencies.map(discrete.transferFunction(at:))
  }

  package func hankelSingularValues(_ domain: TimeDomain) throws -> [Double] {
    try requireDiscrete(domain)
    return try hankelSingularValues()
  }
}

extension HankelSystem: LayerSystem {
  /// One pole, n-fold; in continuous time, behind the bilinear map s = (z − 1)/(z + 1), it is −Δt.
  package func systemPoles() -> [SystemPole] {
    [
      SystemPole(continuous: Complex(-timestep), discrete: Complex(pole), multiplicity: markovParameters.count)
    ]
  }

  /// The kernel of the circular convolution that the layer does on a sequence of this length.
  package func impulseResponse(length: Int) -> ImpulseResponse { ImpulseResponse(values: kernel(length: length)) }

  package func transferFunction(at frequencies: [Double], _ domain: TimeDomain) throws -> [Complex<Double>] {
    try requireDiscrete(domain)
    return frequencies.map(transferFunction(at:))
  }

  /// Singular values of h as it is stored, imaginary parts too.
  package func hankelSingularValues(_ domain: TimeDomain) throws -> [Double] {
    try requireDiscrete(domain)
    return try hankelSingularValues()
  }

  package func resampled(every rate: Int) -> HankelSystem {
    HankelSystem(markovParameters: markovParameters, timestep: Double(rate) * timestep)
  }
}

extension LayerSystem {
  fileprivate func requireDiscrete(_ domain: TimeDomain) throws {
    guard domain == .continuous else { return }
    throw StageError(
      .badConfiguration, "this system has no continuous form", where: "the continuous domain",
      why: "DFouT and HOPE are parameterised in time steps alone", fix: "choose the discrete domain")
  }
}

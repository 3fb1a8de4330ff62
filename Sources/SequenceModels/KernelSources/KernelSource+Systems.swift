import StateSpace

extension DiagonalKernelSource {
  /// λ, or ξ and Ω; B where it is stored, and C.
  package var systemValues: [SystemValues] {
    let poles = decay.map { [.poles(decay: $0, frequency: frequency)] } ?? [SystemValues.damping(timestep), .angles(frequency)]
    return poles + [inputWeights, outputWeights].compactMap { $0.map(SystemValues.complex) }
  }

  package func systems(sequenceLength: Int) throws -> [SystemEntry]? {
    try StoredSystems.diagonal(
      timestep: StoredArray(timestep), decay: decay.map(StoredArray.init), frequency: StoredArray(frequency),
      inputWeights: inputWeights.map(StoredArray.init), outputWeights: StoredArray(outputWeights), options: options)
  }
}

extension FilteredKernelSource {
  package var systemValues: [SystemValues] { source.systemValues }

  package func systems(sequenceLength: Int) throws -> [SystemEntry]? {
    guard let systems = try source.systems(sequenceLength: sequenceLength) else { return nil }
    let pointCount = options.isCircular ? sequenceLength : 2 * sequenceLength
    switch exponents {
    case .trained(let parameter):
      return systems.filtered(exponents: try StoredArray(parameter).values, weighting: options.weighting, pointCount: pointCount)
    case .fixed(let exponent):
      let exponents = [Double](repeating: Double(exponent.downloaded().values()[0]), count: outputWidth)
      return exponents[0] == 0 ? systems : systems.filtered(exponents: exponents, weighting: options.weighting, pointCount: pointCount)
    }
  }
}

extension HankelKernelSource {
  /// h.
  package var systemValues: [SystemValues] { [.complex(markov)] }

  package func systems(sequenceLength: Int) throws -> [SystemEntry]? {
    guard !directions.hasHalfSpectra else { return nil }
    return try StoredSystems.hankel(
      markov: StoredArray(markov), timestep: StoredArray(timestep), transform: timestepTransform, modelWidth: modelWidth)
  }
}

/// The state space systems of a layer: which paper's parameterisation, and its sizes.
package enum LayerSpecification: Sendable, Equatable {
  /// S4D, and TFB with scaled frequencies and a filter.
  case diagonal(DiagonalLayerSpecification)
  /// DFouT.
  case dampedFourier(DampedFourierLayerSpecification)
  /// HOPE.
  case hankel(HankelLayerSpecification)

  package enum Kind: String, Encodable, Sendable, CaseIterable { case diagonal, dampedFourier, hankel }

  package var kind: Kind {
    switch self {
    case .diagonal: .diagonal
    case .dampedFourier: .dampedFourier
    case .hankel: .hankel
    }
  }

  /// Where the time steps Δ of its systems start, or the damping ξ of DFouT's.
  package var initialRange: ClosedRange<Double> {
    switch self {
    case .diagonal(let layer): layer.timestepMinimum...layer.timestepMaximum
    case .dampedFourier(let layer): layer.dampingMinimum...layer.dampingMaximum
    case .hankel(let layer): layer.timestepMinimum...layer.timestepMaximum
    }
  }

  /// d_state; the number of Markov parameters of HOPE's systems.
  package var stateSize: Int {
    switch self {
    case .diagonal(let layer): layer.stateSize
    case .dampedFourier(let layer): layer.stateSize
    case .hankel(let layer): layer.markovCount
    }
  }
}

extension LayerSpecification: Encodable {
  private enum Key: String, CodingKey { case kind }

  /// `kind` stands beside the keys of the case.
  package func encode(to encoder: any Swift.Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(kind, forKey: .kind)
    switch self {
    case .diagonal(let configuration): try configuration.encode(to: encoder)
    case .dampedFourier(let configuration): try configuration.encode(to: encoder)
    case .hankel(let configuration): try configuration.encode(to: encoder)
    }
  }
}

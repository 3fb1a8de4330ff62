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

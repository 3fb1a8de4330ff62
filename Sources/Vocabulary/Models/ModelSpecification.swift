/// Which model a run trains, with its sizes.
package enum ModelSpecification: Encodable, Sendable, Equatable {
  /// Residual blocks of state space layers: the classifier of the papers' tables.
  case blocks(BlocksSpecification)
  /// TFB's regressor of wave amplitudes.
  case wavesRegressor(WavesRegressorSpecification)
  /// TFB's linear denoiser.
  case denoiser(DenoiserSpecification)
  /// DFouT's model of the delay task.
  case delay(DelayModelSpecification)
  /// ConvS5, which predicts the next frame of a video.
  case convS5(ConvS5Specification)

  package enum Kind: String, Codable, Sendable, CaseIterable { case blocks, wavesRegressor, denoiser, delay, convS5 }

  package var kind: Kind {
    switch self {
    case .blocks: .blocks
    case .wavesRegressor: .wavesRegressor
    case .denoiser: .denoiser
    case .delay: .delay
    case .convS5: .convS5
    }
  }

  /// What a run has to know about the model.
  package var traits: any ModelTraits {
    switch self {
    case .blocks(let specification): specification
    case .wavesRegressor(let specification): specification
    case .denoiser(let specification): specification
    case .delay(let specification): specification
    case .convS5(let specification): specification
    }
  }

  /// The configuration of blocks; nil for another kind.
  package var blocks: BlocksSpecification? { if case .blocks(let configuration) = self { configuration } else { nil } }

  private enum Key: String, CodingKey { case kind }

  /// `kind` stands beside the keys of the model; blocks have none.
  package func encode(to encoder: any Swift.Encoder) throws {
    if kind != .blocks {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(kind, forKey: .kind)
    }
    try traits.encode(to: encoder)
  }
}

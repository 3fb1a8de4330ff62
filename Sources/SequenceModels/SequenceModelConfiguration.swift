/// Which model a run trains, with its sizes.
package enum SequenceModelConfiguration: Encodable, Sendable, Equatable {
  /// Residual blocks of state space layers: the classifier of the papers' tables.
  case blocks(ModelConfiguration)
  /// TFB's regressor of wave amplitudes.
  case wavesRegressor(WavesRegressorConfiguration)
  /// TFB's linear denoiser.
  case denoiser(DenoiserConfiguration)
  /// DFouT's model of the delay task.
  case delay(DelayModelConfiguration)

  package enum Kind: String, Codable, Sendable, CaseIterable { case blocks, wavesRegressor, denoiser, delay }

  package var kind: Kind {
    switch self {
    case .blocks: .blocks
    case .wavesRegressor: .wavesRegressor
    case .denoiser: .denoiser
    case .delay: .delay
    }
  }

  /// The configuration of blocks; nil for another kind.
  package var blocks: ModelConfiguration? { if case .blocks(let configuration) = self { configuration } else { nil } }

  private enum Key: String, CodingKey { case kind }

  /// `kind` stands beside the keys of the model; blocks have none.
  package func encode(to encoder: any Swift.Encoder) throws {
    if kind != .blocks {
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(kind, forKey: .kind)
    }
    switch self {
    case .blocks(let configuration): try configuration.encode(to: encoder)
    case .wavesRegressor(let configuration): try configuration.encode(to: encoder)
    case .denoiser(let configuration): try configuration.encode(to: encoder)
    case .delay(let configuration): try configuration.encode(to: encoder)
    }
  }

  /// A model with the initial values of a seed.
  ///
  /// - Precondition: models other than blocks get values; one channel, but for the denoiser.
  /// - Throws: `StageError` (`badConfiguration`) when initial values cannot be computed.
  package func makeModel(input: InputDescription, seed: UInt64) throws -> any SequenceModel {
    switch self {
    case .blocks(let configuration): try SequenceClassifier(configuration, input: input, seed: seed)
    case .wavesRegressor(let configuration): BankModel(configuration, outputCount: input.outputCount, seed: seed)
    case .denoiser(let configuration): BankModel(configuration, channels: input.outputCount, seed: seed)
    case .delay(let configuration): try BankModel(configuration, outputCount: input.outputCount, seed: seed)
    }
  }
}

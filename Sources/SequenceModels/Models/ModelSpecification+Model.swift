import Vocabulary

extension ModelSpecification {
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
    case .convS5(let configuration): try ConvS5(configuration, channels: input.outputCount, seed: seed)
    }
  }
}

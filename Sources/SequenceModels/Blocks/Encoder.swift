import Operations
import Vocabulary

/// The first map of a model: values or tokens to H channels, without positional encoding; then, if wanted, the reversed copy.
struct Encoder {
  private enum Kind {
    case linear(LinearMap)
    case embedding(Parameter)
  }

  private let kind: Kind
  private let appendsReversal: Bool

  init(_ input: SampleInput, modelWidth: Int, appendsReversal: Bool = false, initializer: inout ParameterInitializer) {
    self.appendsReversal = appendsReversal
    switch input {
    case .values(let channels):
      kind = .linear(LinearMap("encoder", inputs: channels, outputs: modelWidth, initializer: &initializer))
    case .tokens(let vocabularySize):
      let table = initializer.normal([vocabularySize, modelWidth])
      kind = .embedding(Parameter("encoder.weight", .biasOrNorm, value: table))
    case .frames: preconditionFailure("Encoder: frames for a model of sequences")
    }
  }

  var parameters: [Parameter] {
    switch kind {
    case .linear(let map): map.parameters
    case .embedding(let table): [table]
    }
  }

  /// [B, H, L], or [B, H, 2L] with the reversed copy.
  ///
  /// - Precondition: the input is of the kind that the encoder was made for.
  func forward(_ input: SequenceInput) -> Tensor {
    appendsReversal ? SequenceReversal.append(encoded(input)) : encoded(input)
  }

  private func encoded(_ input: SequenceInput) -> Tensor {
    switch (kind, input) {
    case (.linear(let map), .values(let values)): return map.forward(values)
    case (.embedding(let table), .tokens(let tokens, let batchSize, let length)):
      return TokenEmbedding.forward(tokens, batchSize: batchSize, length: length, table: table.value)
    default: preconditionFailure("Encoder: values for a token model or tokens for a value model")
    }
  }

  /// Adds the gradients of the map.
  func parameterGradients(outputGradient: Tensor, input: SequenceInput) {
    let outputGradient = appendsReversal ? SequenceReversal.backward(outputGradient: outputGradient) : outputGradient
    switch (kind, input) {
    case (.linear(let map), .values(let values)): map.parameterGradients(outputGradient: outputGradient, input: values)
    case (.embedding(let table), .tokens(let tokens, _, _)):
      TokenEmbedding.backward(outputGradient: outputGradient, tokens: tokens, tableGradient: table.gradient)
    default: preconditionFailure("Encoder: values for a token model or tokens for a value model")
    }
  }
}

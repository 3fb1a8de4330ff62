import Arrays

/// Whether a forward pass trains (dropout active, batch statistics updated) or evaluates.
package enum Pass {
  /// The stream feeds dropout masks and moves on with every mask.
  case training(dropout: RandomStream)
  case evaluation

  var isTraining: Bool {
    if case .training = self { true } else { false }
  }
}

/// A batch of sequences as a model takes it.
package enum SequenceInput {
  /// [B, channels, L].
  case values(Tensor)
  /// Row-major [B, L], right-padded.
  case tokens([Int32], batchSize: Int, length: Int)
}

/// What the data decide about a model.
package struct InputDescription: Sendable, Equatable {
  package enum Kind: Sendable, Equatable {
    case values(channels: Int)
    case tokens(vocabularySize: Int)
  }

  package var kind: Kind
  package var classCount: Int

  package init(kind: Kind, classCount: Int) {
    self.kind = kind
    self.classCount = classCount
  }
}

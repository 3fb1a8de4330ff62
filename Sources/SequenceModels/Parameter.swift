import Arrays
import Operations

/// A trained array of a model with its gradient and the optimiser group that it belongs to.
package final class Parameter {
  package enum Group: Sendable, Equatable {
    /// Global learning rate and weight decay.
    case general
    /// Biases, norm scales and embeddings: global learning rate; decay is the optimiser's choice.
    case biasOrNorm
    /// Poles, time steps, Markov parameters: own learning rate, nil means the global one, 0 never trained; own weight decay.
    case stateSpace(learningRate: Double?, weightDecay: Double = 0)
  }

  /// Dotted name as in PyTorch state dictionaries; the key in checkpoints.
  package let name: String
  package let group: Group
  package let value: Tensor
  /// Shape of `value`; the backward pass adds to it.
  package let gradient: Tensor

  package init(_ name: String, _ group: Group, value: Tensor) {
    self.name = name
    self.group = group
    self.value = value
    gradient = Tensor.zeros(like: value)
  }

  /// Never trained: its own learning rate is 0.
  package var isFrozen: Bool {
    if case .stateSpace(.some(0), _) = group { true } else { false }
  }
}

/// An array that belongs to a model but is not trained, such as running statistics.
package struct ModelBuffer {
  package let name: String
  package let value: Tensor
}

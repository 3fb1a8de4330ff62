import Operations

/// An array of a model with its gradient; in a model both are slices of its `ParameterSet`.
package final class Parameter {
  /// What an array is in a model, by which training gives it rates of its own.
  package enum Role: Sendable, Hashable {
    /// A map of channels, or D: the global learning rate and weight decay.
    case weight
    /// C: as a map of channels, unless the layer gives it a learning rate of its own.
    case outputWeights
    /// Biases, norm scales and embeddings: global learning rate; decay is the optimiser's choice.
    case biasOrNorm
    /// Re λ.
    case decay
    /// Im λ or Ω.
    case frequency
    /// B.
    case inputWeights
    /// Δ or ξ.
    case timestep
    /// Markov parameters.
    case markov
    /// β of a filter.
    case filterExponent
  }

  /// Dotted name as in PyTorch state dictionaries; the key in checkpoints.
  package let name: String
  package let role: Role
  package private(set) var value: Tensor
  /// Shape of `value`; the backward pass adds to it.
  package private(set) var gradient: Tensor

  package init(_ name: String, _ role: Role, value: Tensor) {
    self.name = name
    self.role = role
    self.value = value
    gradient = Tensor.zeros(like: value)
  }

  /// Takes a place in flat buffers, with the present value and no gradient.
  func move(to values: Tensor, _ gradients: Tensor, offset: Int) {
    let (place, shape) = (values.slice(from: offset, value.shape), value.shape)
    place.set(value)
    (value, gradient) = (place, gradients.slice(from: offset, shape))
  }

  /// Lets the backward pass add to another array of this shape.
  func collect(in gradient: Tensor) { self.gradient = gradient }
}

/// An array that belongs to a model but is not trained, such as running statistics.
package struct ModelBuffer {
  package let name: String
  package let value: Tensor
}

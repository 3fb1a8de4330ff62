import Accelerators

/// Pointwise functions y = f(x) for tensors of any shape.
package enum Activation {
  package enum Kind: Sendable, CaseIterable {
    /// GELU in its exact form, y = x Φ(x) with the normal distribution Φ(x) = (1 + erf(x / √2)) / 2.
    ///
    /// - Source: Hendrycks, Gimpel, "Gaussian Error Linear Units", 2016.
    case gelu
    /// GELU with its second form of the same source, y = x (1 + tanh(√(2/π) (x + 0.044715 x³))) / 2, within 5e-4 of the exact one.
    case tanhGELU
    /// y = x where it is positive, else eˣ − 1.
    ///
    /// - Source: Clevert, Unterthiner, Hochreiter, "Exponential Linear Units", 2016.
    case elu
    /// y = tanh x.
    case tanh
  }

  package static func forward(_ input: Tensor, kind: Kind = .gelu) -> Tensor {
    if let program = Program.recording(input) { return record(program, input, kind: kind) }
    let output = Tensor(uninitialized: input.shape)
    let source = Shared(input.elements)
    let target = Shared(output.elements)
    Parallel.forEachChunk(of: input.count, size: Parallel.elementChunk) { _, range in
      let start = range.lowerBound
      map(kind, source.pointer + start, to: target.pointer + start, count: range.count) { $0 }
    }
    return output
  }

  /// The gradient of x: outputGradient · f′(x).
  package static func backward(outputGradient: Tensor, input: Tensor, kind: Kind = .gelu) -> Tensor {
    precondition(outputGradient.shape == input.shape, "Activation: gradient \(outputGradient.shape) for input \(input.shape)")
    if let program = Program.recording(outputGradient, input) {
      return recordBackward(program, outputGradient: outputGradient, input: input, kind: kind)
    }
    let inputGradient = Tensor(uninitialized: input.shape)
    let gradient = Shared(outputGradient.elements)
    let source = Shared(input.elements)
    let target = Shared(inputGradient.elements)
    Parallel.forEachChunk(of: input.count, size: Parallel.elementChunk) { _, range in
      let start = range.lowerBound
      mapGradient(kind, gradient.pointer + start, source.pointer + start, to: target.pointer + start, count: range.count) { $0 }
    }
    return inputGradient
  }

  // MARK: Rows

  /// output[i] = f(argument(input[i])); no kind is the identity. `output` may be `input`.
  @inline(always)
  static func map(
    _ kind: Kind?, _ input: UnsafePointer<Float>, to output: UnsafeMutablePointer<Float>, count: Int, argument: (Lanes) -> Lanes
  ) {
    switch kind {
    case nil: VectorMath.map(input, to: output, count: count) { argument($0) }
    case .gelu: VectorMath.map(input, to: output, count: count) { VectorMath.gelu(argument($0)) }
    case .tanhGELU: VectorMath.map(input, to: output, count: count) { VectorMath.tanhGELU(argument($0)) }
    case .elu: VectorMath.map(input, to: output, count: count) { VectorMath.elu(argument($0)) }
    case .tanh: VectorMath.map(input, to: output, count: count) { VectorMath.hyperbolicTangent(argument($0)) }
    }
  }

  /// result[i] = gradient[i] · f′(argument(input[i])); `result` may be either input.
  @inline(always)
  static func mapGradient(
    _ kind: Kind?, _ gradient: UnsafePointer<Float>, _ input: UnsafePointer<Float>, to result: UnsafeMutablePointer<Float>,
    count: Int, argument: (Lanes) -> Lanes
  ) {
    switch kind {
    case nil: VectorMath.map(gradient, input, to: result, count: count) { slope, _ in slope }
    case .gelu: VectorMath.map(gradient, input, to: result, count: count) { $0 * VectorMath.geluDerivative(argument($1)) }
    case .tanhGELU: VectorMath.map(gradient, input, to: result, count: count) { $0 * VectorMath.tanhGELUDerivative(argument($1)) }
    case .elu: VectorMath.map(gradient, input, to: result, count: count) { $0 * VectorMath.eluDerivative(argument($1)) }
    case .tanh:
      VectorMath.map(gradient, input, to: result, count: count) { $0 * VectorMath.hyperbolicTangentDerivative(argument($1)) }
    }
  }
}

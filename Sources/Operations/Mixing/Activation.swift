/// GELU in its exact form, y = x Φ(x) with the normal distribution Φ(x) = (1 + erf(x / √2)) / 2, for tensors of any shape.
///
/// - Source: Hendrycks, Gimpel, "Gaussian Error Linear Units", 2016.
package enum Activation {
  package static func forward(_ input: Tensor) -> Tensor {
    let output = Tensor(uninitialized: input.shape)
    let source = Shared(input.elements)
    let target = Shared(output.elements)
    Parallel.forEachChunk(of: input.count, size: Parallel.elementChunk) { _, range in
      VectorMath.map(source.pointer + range.lowerBound, to: target.pointer + range.lowerBound, count: range.count) {
        VectorMath.gelu($0)
      }
    }
    return output
  }

  /// The gradient of x: outputGradient · (Φ(x) + x φ(x)).
  package static func backward(outputGradient: Tensor, input: Tensor) -> Tensor {
    precondition(outputGradient.shape == input.shape, "Activation: gradient \(outputGradient.shape) for input \(input.shape)")
    let inputGradient = Tensor(uninitialized: input.shape)
    let gradient = Shared(outputGradient.elements)
    let source = Shared(input.elements)
    let target = Shared(inputGradient.elements)
    Parallel.forEachChunk(of: input.count, size: Parallel.elementChunk) { _, range in
      let start = range.lowerBound
      VectorMath.map(gradient.pointer + start, source.pointer + start, to: target.pointer + start, count: range.count) {
        $0 * VectorMath.geluDerivative($1)
      }
    }
    return inputGradient
  }
}

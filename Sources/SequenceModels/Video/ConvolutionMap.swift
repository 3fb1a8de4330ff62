import Operations

/// A trained convolution of pictures, [N, inputs, height, width] → [N, outputs, height, width], with or without a bias; where it enlarges,
/// each pixel becomes a square of 2 × 2 before.
struct ConvolutionMap {
  private let weight: Parameter
  private let bias: Parameter?

  /// Weights from a truncated normal distribution of variance 1/(inputs·size²), biases 0: the default of the original's framework.
  ///
  /// - Parameter size: rows and columns of a kernel.
  init(_ name: String, inputs: Int, outputs: Int, size: Int, hasBias: Bool = true, initializer: inout ParameterInitializer) {
    let shape = [outputs, inputs, size, size]
    weight = Parameter(
      "\(name).weight", .weight,
      value: initializer.truncatedNormal(shape, variance: 1 / Double(inputs * size * size)))
    bias = hasBias ? Parameter("\(name).bias", .biasOrNorm, value: .zeros([outputs])) : nil
  }

  var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

  func forward(_ input: Tensor, enlarges: Bool = false) -> Tensor {
    enlarges
      ? EnlargedConvolution.forward(input, weight: weight.value, bias: bias?.value)
      : Convolution2D.forward(input, weight: weight.value, bias: bias?.value)
  }

  /// Returns the gradient of the input; adds those of weight and bias.
  func backward(outputGradient: Tensor, input: Tensor, enlarges: Bool = false) -> Tensor {
    let backward = enlarges ? EnlargedConvolution.backward : Convolution2D.backward
    return backward(outputGradient, input, weight.value, weight.gradient, bias?.gradient)
  }

  /// Adds the gradients of weight and bias alone, where the input is data.
  func parameterGradients(outputGradient: Tensor, input: Tensor) {
    Convolution2D.parameterGradients(
      outputGradient: outputGradient, input: input, weight: weight.value, weightGradient: weight.gradient, biasGradient: bias?.gradient)
  }
}

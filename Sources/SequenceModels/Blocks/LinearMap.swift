import Operations

/// A trained linear map of channels, [B, inputs, L] → [B, outputs, L]; vectors [B, inputs] count as one step.
package struct LinearMap {
  private let weight: Parameter
  private let bias: Parameter

  package init(_ name: String, inputs: Int, outputs: Int, initializer: inout ParameterInitializer) {
    let initial = initializer.linear(inputs: inputs, outputs: outputs)
    weight = Parameter("\(name).weight", .weight, value: initial.weight)
    bias = Parameter("\(name).bias", .biasOrNorm, value: initial.bias)
  }

  package var parameters: [Parameter] { [weight, bias] }

  package func forward(_ input: Tensor) -> Tensor {
    let output = ChannelMixing.forward(steps(input), weight: weight.value, bias: bias.value)
    return input.shape.count == 2 ? output.reshaped([output.shape[0], output.shape[1]]) : output
  }

  /// Returns the gradient of the input; adds the gradients of weight and bias.
  package func backward(outputGradient: Tensor, input: Tensor) -> Tensor {
    ChannelMixing.backward(
      outputGradient: steps(outputGradient), input: steps(input), weight: weight.value, weightGradient: weight.gradient,
      biasGradient: bias.gradient
    ).reshaped(input.shape)
  }

  /// Adds the gradients of weight and bias alone, where the input is data.
  func parameterGradients(outputGradient: Tensor, input: Tensor) {
    ChannelMixing.parameterGradients(
      outputGradient: steps(outputGradient), input: steps(input), weight: weight.value, weightGradient: weight.gradient,
      biasGradient: bias.gradient)
  }

  private func steps(_ tensor: Tensor) -> Tensor { tensor.shape.count == 2 ? tensor.reshaped(tensor.shape + [1]) : tensor }
}

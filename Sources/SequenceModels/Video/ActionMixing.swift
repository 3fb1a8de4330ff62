import Operations
import Vocabulary

/// The map of an encoder's channels, and of one that holds the embedding of an action, to those of the layers.
///
/// Videos of moving digits have no actions, so the embedding is one trained number, the same in every pixel: a part of the bias.
///
/// - Source: NVlabs/ConvSSM, models/sequence_models/noVQ/convS5.py.
struct ActionMixing {
  private let weight: Parameter
  private let actionWeight: Parameter
  private let action: Parameter
  private let bias: Parameter

  init(inputs: Int, outputs: Int, initializer: inout ParameterInitializer) {
    let variance = 1 / Double(inputs + 1)
    weight = Parameter("mixing.weight", .weight, value: initializer.truncatedNormal([outputs, inputs], variance: variance))
    actionWeight = Parameter("mixing.action_weight", .weight, value: initializer.truncatedNormal([outputs], variance: variance))
    action = Parameter("mixing.action", .biasOrNorm, value: initializer.normal([1]))
    bias = Parameter("mixing.bias", .biasOrNorm, value: .zeros([outputs]))
  }

  var parameters: [Parameter] { [weight, actionWeight, action, bias] }

  /// [N, inputs, height, width] → [N, outputs, height, width].
  func forward(_ input: Tensor) -> Tensor {
    let wholeBias = ElementwiseArithmetic.sum(bias.value, NumberScaling.forward(actionWeight.value, number: action.value))
    return ChannelMixing.forward(input.asRows, weight: weight.value, bias: wholeBias).reshaped(shape(of: input))
  }

  /// Returns the gradient of the input; adds those of the parameters.
  func backward(outputGradient: Tensor, input: Tensor) -> Tensor {
    let biasGradient = Tensor.zeros(like: bias.value)
    let gradient = ChannelMixing.backward(
      outputGradient: outputGradient.asRows, input: input.asRows, weight: weight.value, weightGradient: weight.gradient,
      biasGradient: biasGradient)
    ElementwiseArithmetic.add(biasGradient, to: bias.gradient)
    NumberScaling.backward(
      outputGradient: biasGradient, values: actionWeight.value, number: action.value, valuesGradient: actionWeight.gradient,
      numberGradient: action.gradient)
    return gradient.reshaped(input.shape)
  }

  private func shape(of input: Tensor) -> [Int] { [input.shape[0], weight.value.shape[0]] + input.shape.dropFirst(2) }
}

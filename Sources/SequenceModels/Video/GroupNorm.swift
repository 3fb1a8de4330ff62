import Operations

/// A group norm of pictures followed by an activation, with scale and shift for each channel.
struct GroupNorm {
  private let scale: Parameter
  private let shift: Parameter
  private let groupCount: Int
  private let activation: Activation.Kind

  init(_ name: String, width: Int, groupCount: Int, activation: Activation.Kind) {
    scale = Parameter("\(name).weight", .biasOrNorm, value: Tensor([width], filledWith: 1))
    shift = Parameter("\(name).bias", .biasOrNorm, value: .zeros([width]))
    self.groupCount = groupCount
    self.activation = activation
  }

  var parameters: [Parameter] { [scale, shift] }

  func forward(_ input: Tensor) -> (output: Tensor, statistics: Tensor) {
    GroupNormalization.forward(input, scale: scale.value, shift: shift.value, groups: groupCount, activation: activation)
  }

  /// The output of an earlier pass once more, so that it need not be kept.
  func output(of input: Tensor, statistics: Tensor) -> Tensor {
    GroupNormalization.output(
      of: input, statistics: statistics, scale: scale.value, shift: shift.value, groups: groupCount, activation: activation)
  }

  /// Returns the gradient of the input, which takes the place of the output's; adds those of scale and shift.
  func backward(outputGradient: Tensor, input: Tensor, statistics: Tensor) -> Tensor {
    GroupNormalization.backward(
      outputGradient: outputGradient, input: input, statistics: statistics, scale: scale.value, shift: shift.value,
      scaleGradient: scale.gradient, shiftGradient: shift.gradient, groups: groupCount, activation: activation, overwrites: true)
  }
}

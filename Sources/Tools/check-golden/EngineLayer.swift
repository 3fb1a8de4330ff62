import Arrays
import Operations

/// A layer of the float32 engine behind its kernel, forward and backward: convolution + D·u → GELU → map H → 2H → gate.
struct EngineLayer {
  let convolved: Tensor
  let activated: Tensor
  let mixed: Tensor
  let output: Tensor
  let inputGradient: Tensor
  let kernelGradient: Tensor
  let skipGradient: Tensor
  let weightGradient: Tensor
  let biasGradient: Tensor

  /// - Parameters:
  ///   - input: u, shape [B, H, L].
  ///   - kernel: [1 or 2, H, L].
  ///   - outputGradient: [B, H, L].
  init(
    _ input: Tensor, kernel: Tensor, skip: Tensor, boundary: LongConvolution.Boundary = .zeros, weight: Tensor, bias: Tensor,
    outputGradient: Tensor
  ) {
    convolved = LongConvolution.forward(input, kernel: kernel, skip: skip, boundary: boundary)
    activated = Activation.forward(convolved)
    mixed = ChannelMixing.forward(activated, weight: weight, bias: bias)
    output = GatedLinearUnit.forward(mixed)

    (weightGradient, biasGradient, skipGradient) = (.zeros(like: weight), .zeros(like: bias), .zeros(like: skip))
    let activatedGradient = ChannelMixing.backward(
      outputGradient: GatedLinearUnit.backward(outputGradient: outputGradient, input: mixed), input: activated, weight: weight,
      weightGradient: weightGradient, biasGradient: biasGradient)
    let convolution = LongConvolution.backward(
      outputGradient: Activation.backward(outputGradient: activatedGradient!, input: convolved), input: input, kernel: kernel, skip: skip,
      skipGradient: skipGradient, boundary: boundary)
    inputGradient = convolution.input
    kernelGradient = convolution.kernel
  }
}

extension GoldenSubcase {
  /// Everything of a layer but its kernels, under the names of cases 02 and 04.
  func compareLayer(_ layer: EngineLayer) throws {
    try compare("y_ssm", float32: layer.convolved)
    try compare("y_act", float32: layer.activated)
    try compare("z", float32: layer.mixed)
    try compare("y", float32: layer.output)
    try compare("du", float32: layer.inputGradient)
    try compare("dD", float32: layer.skipGradient)
    try compare("dout_weight", float32: layer.weightGradient)
    try compare("dout_bias", float32: layer.biasGradient)
  }
}

import Arrays
import Operations
import StateSpace

/// Case 02: a whole diagonal layer, forward and all gradients.
enum LayerCase {
  static func check(_ golden: GoldenSubcase) throws {
    try checkFloat32(golden)
    try checkFloat64(golden)
  }

  private static func checkFloat32(_ golden: GoldenSubcase) throws {
    let parameters = try golden.kernelParameters()
    let options = DiagonalKernel.Options()
    let (skip, weight, bias) = (try golden.tensor("D"), try golden.tensor("out_weight"), try golden.tensor("out_bias"))
    let input = try golden.tensor("u")

    let kernel = DiagonalKernel.forward(parameters, length: input.shape[2], options: options)
    let convolved = LongConvolution.forward(input, kernel: kernel, skip: skip)
    let activated = Activation.forward(convolved)
    let mixed = ChannelMixing.forward(activated, weight: weight, bias: bias)
    try golden.compare("K", float32: kernel)
    try golden.compare("y_ssm", float32: convolved)
    try golden.compare("y_act", float32: activated)
    try golden.compare("z", float32: mixed)
    try golden.compare("y", float32: GatedLinearUnit.forward(mixed))

    let (weightGradient, biasGradient, skipGradient) = (Tensor.zeros(like: weight), Tensor.zeros(like: bias), Tensor.zeros(like: skip))
    let mixedGradient = GatedLinearUnit.backward(outputGradient: try golden.tensor("dy"), input: mixed)
    let activatedGradient = ChannelMixing.backward(
      outputGradient: mixedGradient, input: activated, weight: weight, weightGradient: weightGradient, biasGradient: biasGradient)
    let convolvedGradient = Activation.backward(outputGradient: activatedGradient!, input: convolved)
    let convolution = LongConvolution.backward(
      outputGradient: convolvedGradient, input: input, kernel: kernel, skip: skip, skipGradient: skipGradient)
    let gradients = parameters.zeros()
    DiagonalKernel.backward(kernelGradient: convolution.kernel, parameters, options: options, gradients: gradients)
    try golden.compare("du", float32: convolution.input)
    try golden.compare("dD", float32: skipGradient)
    try golden.compare("dout_weight", float32: weightGradient)
    try golden.compare("dout_bias", float32: biasGradient)
    try golden.compareKernelGradients(gradients)
  }

  private static func checkFloat64(_ golden: GoldenSubcase) throws {
    let layer = ReferenceLayer(
      systems: try golden.systems(), skip: try golden.reals("D"), mixWeight: try golden.reals("out_weight"),
      mixBias: try golden.reals("out_bias"))
    let input = try golden.reals("u")
    let length = try golden.shape("u")[2]
    let activations = layer.forward(input, length: length)
    let gradient = layer.backward(outputGradient: try golden.reals("dy"), input: input, activations: activations, length: length)
    try golden.compare("K", float64: activations.kernels)
    try golden.compare("y_ssm", float64: activations.convolved)
    try golden.compare("y_act", float64: activations.activated)
    try golden.compare("z", float64: activations.mixed)
    try golden.compare("y", float64: activations.output)
    try golden.compare("du", float64: gradient.input)
    try golden.compare("dD", float64: gradient.skip)
    try golden.compare("dout_weight", float64: gradient.mixWeight)
    try golden.compare("dout_bias", float64: gradient.mixBias)
    try golden.compareKernelGradients(gradient.systems)
  }
}

import Arrays
import Operations
import ReferenceModels
import StateSpace

/// Case 03c: TFB's linear denoiser, whose filter is mirrored one bin off.
enum DenoisingCase {
  static func check(_ golden: GoldenSubcase) throws {
    try golden.sizes([
      "log_dt": "H", "log_A_real": "H N", "A_imag": "H N", "C": "H N 2", "beta": "1", "W": "H H", "b": "H", "u": "B H L", "dy": "B H L",
    ])
    try checkFloat32(golden)
    try checkFloat64(golden)
  }

  private static func checkFloat32(_ golden: GoldenSubcase) throws {
    let parameters = try golden.kernelParameters()
    let (input, weight, bias, exponents) = (
      try golden.tensor("u"), try golden.tensor("W"), try golden.tensor("b"), try golden.tensor("beta")
    )
    let filter = SobolevFilter.Options(weighting: .binsOver10000FlippedByOne)
    let skip = Tensor.zeros(like: bias)
    let kernel = DiagonalKernel.forward(parameters, length: input.shape[2], options: DiagonalKernel.Options())
    let filtered = SobolevFilter.forward(kernel, exponents: exponents, options: filter)
    let convolved = LongConvolution.forward(input, kernel: filtered, skip: skip)
    try golden.compare("K", float32: kernel)
    try golden.compare("y_conv", float32: convolved)
    try golden.compare("y", float32: ChannelMixing.forward(convolved, weight: weight, bias: bias))

    let (weightGradient, biasGradient) = (Tensor.zeros(like: weight), Tensor.zeros(like: bias))
    let (exponentGradient, gradients) = (Tensor.zeros(like: exponents), parameters.zeros())
    let convolvedGradient = ChannelMixing.backward(
      outputGradient: try golden.tensor("dy"), input: convolved, weight: weight, weightGradient: weightGradient, biasGradient: biasGradient)
    let convolution = LongConvolution.backward(
      outputGradient: convolvedGradient!, input: input, kernel: filtered, skip: skip, skipGradient: .zeros(like: skip))
    let kernelGradient = SobolevFilter.backward(
      outputGradient: convolution.kernel, kernel: kernel, exponents: exponents, exponentGradient: exponentGradient, options: filter)
    DiagonalKernel.backward(
      kernelGradient: kernelGradient, parameters, options: DiagonalKernel.Options(), gradients: gradients)
    try golden.compare("du", float32: convolution.input)
    try golden.compare("dbeta", float32: exponentGradient)
    try golden.compare("dW", float32: weightGradient)
    try golden.compare("db", float32: biasGradient)
    try golden.compareKernelGradients(gradients)
  }

  private static func checkFloat64(_ golden: GoldenSubcase) throws {
    let model = ReferenceFilteredBank(
      systems: try golden.systems(),
      filter: DirectSobolevFilter(weighting: .binsOver10000FlippedByOne, exponent: try golden.reals("beta")[0]),
      decoder: try golden.mixing("W", "b"))
    let (input, length) = (try golden.reals("u"), try golden.shape("u")[2])
    let activations = model.forward(input, length: length)
    let gradient = model.backward(outputGradient: try golden.reals("dy"), input: input, activations: activations, length: length)
    try golden.compare("K", float64: activations.kernels.flatMap { $0 })
    try golden.compare("y_conv", float64: activations.convolved)
    try golden.compare("y", float64: activations.output)
    try golden.compare("du", float64: gradient.input)
    try golden.compare("dbeta", float64: [gradient.exponent])
    try golden.compare("dW", float64: gradient.decoder.weight)
    try golden.compare("db", float64: gradient.decoder.bias)
    try golden.compareKernelGradients(gradient.systems)
  }
}

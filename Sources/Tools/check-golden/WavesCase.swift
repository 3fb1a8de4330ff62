import Arrays
import Operations
import ReferenceModels
import StateSpace

/// Case 03b: TFB's regressor of waves, whose filter runs over the whole circle without padding.
enum WavesCase {
  static func check(_ golden: GoldenSubcase) throws {
    try golden.sizes([
      "log_dt": "H", "log_A_real": "H N", "A_imag": "H N", "C": "H N 2", "beta": "1", "D": "1", "enc_w": "H", "enc_b": "H", "dec_w": "o H",
      "dec_b": "o", "u": "B L", "dout": "B o",
    ])
    try checkFloat32(golden)
    try checkFloat64(golden)
  }

  private static func checkFloat32(_ golden: GoldenSubcase) throws {
    let parameters = try golden.kernelParameters()
    let (encoderBias, decoderWeight) = (try golden.tensor("enc_b"), try golden.tensor("dec_w"))
    let encoderWeight = try golden.tensor("enc_w").reshaped([encoderBias.count, 1])
    let (batch, length) = (try golden.shape("u")[0], try golden.shape("u")[1])
    let input = try golden.tensor("u").reshaped([batch, 1, length])
    let exponents = try golden.tensor("beta")
    let filter = SobolevFilter.Options(weighting: .binsOver10000Unmirrored, isCircular: true)
    let skip = Tensor([encoderBias.count], filledWith: try golden.tensor("D").values()[0])

    let kernel = DiagonalKernel.forward(parameters, length: length, options: DiagonalKernel.Options())
    let filtered = SobolevFilter.forward(kernel, exponents: exponents, options: filter)
    let encoded = ChannelMixing.forward(input, weight: encoderWeight, bias: encoderBias)
    let convolved = LongConvolution.forward(encoded, kernel: filtered, skip: skip, boundary: .circular)
    let activated = Activation.forward(convolved)
    let decoded = ChannelMixing.forward(activated, weight: decoderWeight, bias: try golden.tensor("dec_b"))
    try golden.compare("K", float32: kernel)
    try golden.compare("y_ssm", float32: convolved)
    try golden.compare("out", float32: SequencePooling.forward(decoded, mode: .mean, lengths: nil))

    let (decoderGradient, decoderBiasGradient) = (Tensor.zeros(like: decoderWeight), Tensor.zeros([decoderWeight.shape[0]]))
    let (encoderGradient, encoderBiasGradient) = (Tensor.zeros(like: encoderWeight), Tensor.zeros(like: encoderBias))
    let (skipGradient, exponentGradient, gradients) = (Tensor.zeros(like: skip), Tensor.zeros(like: exponents), parameters.zeros())
    let decodedGradient = SequencePooling.backward(
      outputGradient: try golden.tensor("dout"), mode: .mean, lengths: nil, length: length)
    let activatedGradient = ChannelMixing.backward(
      outputGradient: decodedGradient, input: activated, weight: decoderWeight, weightGradient: decoderGradient,
      biasGradient: decoderBiasGradient)
    let convolution = LongConvolution.backward(
      outputGradient: Activation.backward(outputGradient: activatedGradient!, input: convolved), input: encoded, kernel: filtered,
      skip: skip, skipGradient: skipGradient, boundary: .circular)
    let inputGradient = ChannelMixing.backward(
      outputGradient: convolution.input, input: input, weight: encoderWeight, weightGradient: encoderGradient,
      biasGradient: encoderBiasGradient)
    let kernelGradient = SobolevFilter.backward(
      outputGradient: convolution.kernel, kernel: kernel, exponents: exponents, exponentGradient: exponentGradient, options: filter)
    DiagonalKernel.backward(
      kernelGradient: kernelGradient, parameters, options: DiagonalKernel.Options(), gradients: gradients)
    try golden.compare("du", float32: inputGradient!)
    try golden.compare("dbeta", float32: exponentGradient)
    try golden.compare("dD", float32: [skipGradient.values().reduce(0, +)])
    try golden.compare("denc_w", float32: encoderGradient)
    try golden.compare("denc_b", float32: encoderBiasGradient)
    try golden.compare("ddec_w", float32: decoderGradient)
    try golden.compare("ddec_b", float32: decoderBiasGradient)
    try golden.compareKernelGradients(gradients)
  }

  private static func checkFloat64(_ golden: GoldenSubcase) throws {
    let model = ReferenceFilteredBank(
      waves: .init(encoder: try golden.mixing("enc_w", "enc_b"), skip: try golden.reals("D")[0]), systems: try golden.systems(),
      filter: DirectSobolevFilter(weighting: .binsOver10000Unmirrored, exponent: try golden.reals("beta")[0]),
      decoder: try golden.mixing("dec_w", "dec_b"))
    let (input, length) = (try golden.reals("u"), try golden.shape("u")[1])
    let activations = model.forward(input, length: length)
    let gradient = model.backward(outputGradient: try golden.reals("dout"), input: input, activations: activations, length: length)
    try golden.compare("K", float64: activations.kernels.flatMap { $0 })
    try golden.compare("y_ssm", float64: activations.convolved)
    try golden.compare("out", float64: activations.output)
    guard let encoder = gradient.encoder else { preconditionFailure("WavesCase: no encoder") }
    try golden.compare("du", float64: gradient.input)
    try golden.compare("dbeta", float64: [gradient.exponent])
    try golden.compare("dD", float64: [gradient.skip])
    try golden.compare("denc_w", float64: encoder.weight)
    try golden.compare("denc_b", float64: encoder.bias)
    try golden.compare("ddec_w", float64: gradient.decoder.weight)
    try golden.compare("ddec_b", float64: gradient.decoder.bias)
    try golden.compareKernelGradients(gradient.systems)
  }
}

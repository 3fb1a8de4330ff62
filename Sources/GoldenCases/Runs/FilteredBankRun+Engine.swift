import Operations

extension FilteredBankRun {
  init(engine problem: Problem) throws {
    let (batch, width, length) = (problem.shape[0], problem.shape[1], problem.shape[2])
    let isCircular = if case .waves = problem.kind { true } else { false }
    let source = try KernelPair.minimal(width: width, modeCount: problem.modeCount).source(problem.arrays)
    let kernel = source.kernel(length: length, samplingRate: 1)
    let exponents = Tensor([1], reals: [problem.exponent])
    let filter = SobolevFilter.Options(
      weighting: isCircular ? .binsOver10000Unmirrored : .binsOver10000FlippedByOne, isCircular: isCircular)
    let filtered = SobolevFilter.forward(kernel, exponents: exponents, options: filter)
    let skip = Tensor([width], filledWith: Float(problem.arrays["D"]?[0] ?? 0))
    let boundary = isCircular ? LongConvolution.Boundary.circular : .zeros

    func tensor(_ name: String, _ shape: [Int]) -> Tensor { Tensor(shape, reals: problem.array(name)) }
    let input = Tensor([batch, isCircular ? 1 : width, length], reals: problem.input)
    let (encoderWeight, encoderBias) = (
      tensor("encoder.weight", isCircular ? [width, 1] : [0]), tensor("encoder.bias", isCircular ? [width] : [0])
    )
    let encoded = isCircular ? ChannelMixing.forward(input, weight: encoderWeight, bias: encoderBias) : input
    let convolved = LongConvolution.forward(encoded, kernel: filtered, skip: skip, boundary: boundary)
    let last = isCircular ? "decoder" : "output"
    let outputs = problem.array("\(last).bias").count
    let (weight, bias) = (tensor("\(last).weight", [outputs, width]), tensor("\(last).bias", [outputs]))
    let activated = isCircular ? Activation.forward(convolved) : convolved
    let mixed = ChannelMixing.forward(activated, weight: weight, bias: bias)
    let output = isCircular ? SequencePooling.forward(mixed, mode: .mean, lengths: nil) : mixed

    let slopes = Tensor(output.shape, reals: problem.outputGradient)
    let (weightGradient, biasGradient) = (Tensor.zeros(like: weight), Tensor.zeros(like: bias))
    let activatedGradient = ChannelMixing.backward(
      outputGradient: isCircular ? SequencePooling.backward(outputGradient: slopes, mode: .mean, lengths: nil, length: length) : slopes,
      input: activated, weight: weight, weightGradient: weightGradient, biasGradient: biasGradient)
    let skipGradient = Tensor.zeros(like: skip)
    let convolution = LongConvolution.backward(
      outputGradient: isCircular ? Activation.backward(outputGradient: activatedGradient, input: convolved) : activatedGradient,
      input: encoded, kernel: filtered, skip: skip, skipGradient: skipGradient, boundary: boundary)
    let (encoderWeightGradient, encoderBiasGradient) = (Tensor.zeros(like: encoderWeight), Tensor.zeros(like: encoderBias))
    let inputGradient =
      isCircular
      ? ChannelMixing.backward(
        outputGradient: convolution.input, input: input, weight: encoderWeight, weightGradient: encoderWeightGradient,
        biasGradient: encoderBiasGradient) : convolution.input
    let exponentGradient = Tensor.zeros(like: exponents)
    source.backward(
      kernelGradient: SobolevFilter.backward(
        outputGradient: convolution.kernel, kernel: kernel, exponents: exponents, exponentGradient: exponentGradient, options: filter),
      length: length, samplingRate: 1)
    (self.kernel, self.convolved, self.output) = (kernel.reals, convolved.reals, output.reals)
    (self.inputGradient, self.exponentGradient) = (inputGradient.reals, exponentGradient.reals[0])
    gradients = source.parameters.gradients
    gradients["D"] = [skipGradient.reals.reduce(0, +)]
    gradients["\(last).weight"] = weightGradient.reals
    gradients["\(last).bias"] = biasGradient.reals
    gradients["encoder.weight"] = encoderWeightGradient.reals
    gradients["encoder.bias"] = encoderBiasGradient.reals
  }
}

import Accelerators

extension Convolution2D {
  static func record(_ program: Program, _ input: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
    let output = input.value(in: program).convolved(with: weight.value(in: program), padding: weight.shape[2] / 2)
    return Tensor(bias.map { output + $0.value(in: program).broadcast(to: output.shape, axes: [1]) } ?? output)
  }

  /// The convolution with the kernels turned, from outputs to inputs.
  static func recordInputGradient(_ program: Program, outputGradient: Tensor, weight: Tensor) -> Tensor {
    let turned = weight.value(in: program).reversed(axes: [2, 3]).transposed([1, 0, 2, 3])
    return Tensor(outputGradient.value(in: program).convolved(with: turned, padding: weight.shape[2] / 2))
  }

  static func recordParameterGradients(
    _ program: Program, outputGradient: Tensor, input: Tensor, weightGradient: Tensor, biasGradient: Tensor?
  ) {
    let slopes = outputGradient.value(in: program)
    weightGradient.add(input.value(in: program).kernelGradient(ofSlopes: slopes, padding: weightGradient.shape[2] / 2))
    biasGradient?.add(slopes.sum(over: [0, 2, 3]))
  }
}

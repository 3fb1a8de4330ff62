import Accelerators

extension ChannelMixing {
  /// y = W·x + bias in a program.
  static func record(_ program: Program, _ input: Tensor, weight: Tensor, bias: Tensor) -> Tensor {
    let x = input.value(in: program)
    let product = weight.value(in: program).product(x, contracting: [(1, 1)]).transposed([1, 0, 2])
    return Tensor(product + bias.value(in: program).broadcast(to: product.shape, axes: [1]))
  }

  static func recordBackward(
    _ program: Program, outputGradient: Tensor, input: Tensor, weight: Tensor, weightGradient: Tensor, biasGradient: Tensor
  ) -> Tensor {
    recordParameterGradients(
      program, outputGradient: outputGradient, input: input, weightGradient: weightGradient, biasGradient: biasGradient)
    let slopes = outputGradient.value(in: program)
    return Tensor(weight.value(in: program).product(slopes, contracting: [(0, 1)]).transposed([1, 0, 2]))
  }

  static func recordParameterGradients(
    _ program: Program, outputGradient: Tensor, input: Tensor, weightGradient: Tensor, biasGradient: Tensor
  ) {
    let slopes = outputGradient.value(in: program)
    weightGradient.add(slopes.product(input.value(in: program), contracting: [(0, 0), (2, 2)]))
    biasGradient.add(slopes.sum(over: [0, 2]))
  }
}

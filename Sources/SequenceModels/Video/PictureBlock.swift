import Operations

/// A residual block of encoder and decoder: x' + 0.1·F(x), x' being x, or a map of its channels where the widths differ.
///
/// - Source: NVlabs/ConvSSM, models/base.py.
struct PictureBlock {
  private static let branchFactor: Float = 0.1

  private let branch: PictureBranch
  private let skip: ConvolutionMap?

  init(_ name: String, inputs: Int, outputs: Int, groupCount: Int, initializer: inout ParameterInitializer) {
    branch = PictureBranch(
      name, inputs: inputs, outputs: outputs, groupCount: groupCount, activation: .elu, initializer: &initializer)
    skip =
      inputs == outputs
      ? nil : ConvolutionMap("\(name).skip", inputs: inputs, outputs: outputs, size: 1, hasBias: false, initializer: &initializer)
  }

  var parameters: [Parameter] { branch.parameters + (skip?.parameters ?? []) }

  func forward(_ input: Tensor) -> (output: Tensor, cache: PictureBranch.Cache) {
    let (value, cache) = branch.forward(input)
    return (ElementwiseArithmetic.sum(skip?.forward(input) ?? input, value, times: Self.branchFactor), cache)
  }

  /// Returns the gradient of the input; adds those of the parameters.
  func backward(outputGradient: Tensor, input: Tensor, cache: PictureBranch.Cache) -> Tensor {
    let gradient = branch.backward(
      outputGradient: ElementwiseArithmetic.scaled(outputGradient, by: Self.branchFactor), input: input, cache: cache)
    ElementwiseArithmetic.add(skip?.backward(outputGradient: outputGradient, input: input) ?? outputGradient, to: gradient)
    return gradient
  }
}

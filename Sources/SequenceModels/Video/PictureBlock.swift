import Operations

/// A residual block of encoder and decoder: x' + 0.1·F(x), x' being x, or a map of its channels where the widths differ. Where it enlarges,
/// each pixel of x becomes a square of 2 × 2 before.
///
/// Norms, activations and maps of channels give the pixels of a square one value, so a program enlarges behind them, and has neither to compute
/// nor to keep four of each. Our own engine enlarges in front, which its bits rest on.
///
/// - Source: NVlabs/ConvSSM, models/base.py.
struct PictureBlock {
  private static let branchFactor: Float = 0.1

  private let branch: PictureBranch
  private let skip: ConvolutionMap?
  private let enlarges: Bool

  init(
    _ name: String, inputs: Int, outputs: Int, groupCount: Int, enlarges: Bool = false, initializer: inout ParameterInitializer
  ) {
    self.enlarges = enlarges
    branch = PictureBranch(
      name, inputs: inputs, outputs: outputs, groupCount: groupCount, activation: .elu, initializer: &initializer)
    skip =
      inputs == outputs
      ? nil : ConvolutionMap("\(name).skip", inputs: inputs, outputs: outputs, size: 1, hasBias: false, initializer: &initializer)
  }

  var parameters: [Parameter] { branch.parameters + (skip?.parameters ?? []) }

  func forward(_ input: Tensor) -> (output: Tensor, cache: PictureBranch.Cache) {
    let (input, enlarges) = prepared(input)
    let (value, cache) = branch.forward(input, enlarges: enlarges)
    var kept = skip?.forward(input) ?? input
    if enlarges { kept = NearestUpsampling.forward(kept) }
    return (ElementwiseArithmetic.sum(kept, value, times: Self.branchFactor), cache)
  }

  /// Returns the gradient of the input; adds those of the parameters.
  func backward(outputGradient: Tensor, input: Tensor, cache: PictureBranch.Cache) -> Tensor {
    let (input, enlarges) = prepared(input)
    let gradient = branch.backward(
      outputGradient: ElementwiseArithmetic.scaled(outputGradient, by: Self.branchFactor), input: input, cache: cache, enlarges: enlarges)
    let kept = enlarges ? NearestUpsampling.backward(outputGradient: outputGradient) : outputGradient
    ElementwiseArithmetic.add(skip?.backward(outputGradient: kept, input: input) ?? kept, to: gradient)
    return self.enlarges && !enlarges ? NearestUpsampling.backward(outputGradient: gradient) : gradient
  }

  /// What branch and skip read, and whether it is still to be enlarged.
  private func prepared(_ input: Tensor) -> (input: Tensor, enlarges: Bool) {
    enlarges && !input.isPartOfProgram ? (NearestUpsampling.forward(input), false) : (input, enlarges)
  }
}

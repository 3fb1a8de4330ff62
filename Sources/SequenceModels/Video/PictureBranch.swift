import Operations

/// F of the residual blocks of pictures: group norm, activation and convolution, twice; where it enlarges, each pixel becomes a square of
/// 2 × 2 in front of the first convolution.
struct PictureBranch {
  private let norms: [GroupNorm]
  private let maps: [ConvolutionMap]

  /// What its backward pass needs besides the input.
  struct Cache {
    let inputStatistics: Tensor
    /// What the first convolution gave.
    let middle: Tensor
    let middleStatistics: Tensor
  }

  init(_ name: String, inputs: Int, outputs: Int, groupCount: Int, activation: Activation.Kind, initializer: inout ParameterInitializer) {
    norms = [
      GroupNorm("\(name).norm1", width: inputs, groupCount: groupCount, activation: activation),
      GroupNorm("\(name).norm2", width: outputs, groupCount: groupCount, activation: activation),
    ]
    maps = [
      ConvolutionMap("\(name).conv1", inputs: inputs, outputs: outputs, size: 3, initializer: &initializer),
      ConvolutionMap("\(name).conv2", inputs: outputs, outputs: outputs, size: 3, initializer: &initializer),
    ]
  }

  var parameters: [Parameter] { zip(norms, maps).flatMap { $0.parameters + $1.parameters } }

  func forward(_ input: Tensor, enlarges: Bool = false) -> (output: Tensor, cache: Cache) {
    let (first, inputStatistics) = norms[0].forward(input)
    let middle = maps[0].forward(first, enlarges: enlarges)
    let (second, middleStatistics) = norms[1].forward(middle)
    return (
      maps[1].forward(second), Cache(inputStatistics: inputStatistics, middle: middle, middleStatistics: middleStatistics)
    )
  }

  /// Returns the gradient of the input; adds those of the parameters.
  func backward(outputGradient: Tensor, input: Tensor, cache: Cache, enlarges: Bool = false) -> Tensor {
    let second = norms[1].output(of: cache.middle, statistics: cache.middleStatistics)
    let secondGradient = maps[1].backward(outputGradient: outputGradient, input: second)
    let middleGradient = norms[1].backward(outputGradient: secondGradient, input: cache.middle, statistics: cache.middleStatistics)
    let first = norms[0].output(of: input, statistics: cache.inputStatistics)
    let firstGradient = maps[0].backward(outputGradient: middleGradient, input: first, enlarges: enlarges)
    return norms[0].backward(outputGradient: firstGradient, input: input, statistics: cache.inputStatistics)
  }
}

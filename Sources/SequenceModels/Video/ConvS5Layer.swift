import ComplexModule
import Operations
import Vocabulary

/// A layer of ConvS5: norm(u + G(system(u))), the norm over channels, with G(y) = GELU(y + F(y)).
///
/// - Source: NVlabs/ConvSSM, models/convS5/layers.py and conv_ops.py.
struct ConvS5Layer {
  private let system: ConvolutionalStateSpace
  private let branch: PictureBranch
  private let norm: Normalization

  struct Cache {
    let input: Tensor
    let system: ConvolutionalStateSpace.Cache
    /// y, what the residual block reads.
    let response: Tensor
    let branch: PictureBranch.Cache
    /// y + F(y), what GELU reads.
    let sum: Tensor
    let norm: Normalization.Cache
  }

  init(
    _ index: Int, _ specification: ConvS5Specification, poles: [Complex<Double>], eigenvectors: [[Complex<Double>]],
    initializer: inout ParameterInitializer
  ) {
    let width = specification.modelWidth
    system = ConvolutionalStateSpace(
      "layers.\(index).system", specification, poles: poles, eigenvectors: eigenvectors,
      initializer: &initializer)
    branch = PictureBranch(
      "layers.\(index).block", inputs: width, outputs: width, groupCount: specification.groupCount, activation: .tanhGELU,
      initializer: &initializer)
    norm = Normalization("layers.\(index).norm", .layer, modelWidth: width, epsilon: ConvS5.normEpsilon)
  }

  var parameters: [Parameter] { system.parameters + branch.parameters + norm.parameters }

  /// - Parameters:
  ///   - input: shape [B, T, D, height, width].
  ///   - state: the state before the first step; nil is zero.
  func forward(_ input: Tensor, state: Tensor?) -> (output: Tensor, cache: Cache) {
    let (response, systemCache) = system.forward(input, initial: state)
    let (sum, branchCache) = branch.forward(response.asFrames)
    ElementwiseArithmetic.add(response.asFrames, to: sum)
    let (output, normCache) = norm.forward(beforeNorm(input, sum: sum), isTraining: false)
    return (
      output.reshaped(input.shape),
      Cache(input: input, system: systemCache, response: response, branch: branchCache, sum: sum, norm: normCache)
    )
  }

  /// Returns the gradient of the input; adds those of the parameters.
  func backward(outputGradient: Tensor, cache: Cache) -> Tensor {
    let residual = norm.backward(
      outputGradient: outputGradient.asFrames.asRows, input: beforeNorm(cache.input, sum: cache.sum), cache: cache.norm
    ).reshaped(cache.sum.shape)
    let sumGradient = Activation.backward(outputGradient: residual, input: cache.sum, kind: .tanhGELU)
    let branchGradient = branch.backward(outputGradient: sumGradient, input: cache.response.asFrames, cache: cache.branch)
    ElementwiseArithmetic.add(branchGradient, to: sumGradient)
    let inputGradient = system.backward(
      outputGradient: sumGradient.reshaped(cache.response.shape), input: cache.input, cache: cache.system)
    ElementwiseArithmetic.add(residual.reshaped(inputGradient.shape), to: inputGradient)
    return inputGradient
  }

  /// u + GELU(y + F(y)), computed twice rather than kept, as rows of pixels.
  private func beforeNorm(_ input: Tensor, sum: Tensor) -> Tensor {
    let result = Activation.forward(sum, kind: .tanhGELU)
    ElementwiseArithmetic.add(input.asFrames, to: result)
    return result.asRows
  }
}

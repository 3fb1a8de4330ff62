import Arrays
import Operations

/// A layer with its norm, its dropout and the residual sum.
///
/// Pre-norm: x + drop(layer(norm(x))). Post-norm: norm(x + drop(layer(x))).
struct ResidualBlock {
  private let layer: ConvolutionLayer
  private let normalization: Normalization
  private let isPrenorm: Bool
  private let dropout: LayerDropout

  struct Cache {
    /// The norm's input: x (pre-norm) or the residual sum (post-norm).
    let normalized: Tensor
    let normalization: Normalization.Cache
    let layer: ConvolutionLayer.Cache
    let branchDropout: Dropout.Cache
  }

  init(_ index: Int, _ configuration: ModelConfiguration, initializer: inout ParameterInitializer) throws {
    dropout = LayerDropout(probability: configuration.dropout, tied: configuration.tiedDropout, pipeline: configuration.pipeline)
    layer = try ConvolutionLayer(
      "s4_layers.\(index)", configuration.layer, modelWidth: configuration.modelWidth, dropout: dropout, initializer: &initializer)
    normalization = Normalization("norms.\(index)", configuration.normalization, modelWidth: configuration.modelWidth)
    isPrenorm = configuration.prenorm
  }

  var parameters: [Parameter] { layer.parameters + normalization.parameters }
  var buffers: [ModelBuffer] { normalization.buffers }

  func kernel(length: Int) -> Tensor { layer.kernel(length: length) }

  func forward(_ input: Tensor, lengths: [Int]?, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    if isPrenorm {
      let (normed, normCache) = normalization.forward(input, isTraining: pass.isTraining)
      let (sum, layerCache, dropCache) = branch(normed, residual: input, lengths: lengths, pass: &pass)
      return (sum, Cache(normalized: input, normalization: normCache, layer: layerCache, branchDropout: dropCache))
    }
    let (sum, layerCache, dropCache) = branch(input.copiedIfPadded(lengths), residual: input, lengths: lengths, pass: &pass)
    let (output, normCache) = normalization.forward(sum, isTraining: pass.isTraining)
    return (output, Cache(normalized: sum, normalization: normCache, layer: layerCache, branchDropout: dropCache))
  }

  /// residual + drop(layer(input)).
  private func branch(
    _ input: Tensor, residual: Tensor, lengths: [Int]?, pass: inout Pass
  ) -> (sum: Tensor, layer: ConvolutionLayer.Cache, dropout: Dropout.Cache) {
    let (result, layerCache) = layer.forward(input, lengths: lengths, pass: &pass)
    let (dropped, dropCache) = dropout.onBranch(result, pass: &pass)
    return (ElementwiseArithmetic.sum(residual, dropped), layerCache, dropCache)
  }

  func backward(outputGradient: Tensor, cache: Cache) -> Tensor {
    let sumGradient = isPrenorm ? outputGradient : normBackward(outputGradient, cache)
    let branchGradient = layer.backward(
      outputGradient: Dropout.apply(cache.branchDropout, to: sumGradient), cache: cache.layer)
    return ElementwiseArithmetic.sum(sumGradient, isPrenorm ? normBackward(branchGradient, cache) : branchGradient)
  }

  private func normBackward(_ gradient: Tensor, _ cache: Cache) -> Tensor {
    normalization.backward(outputGradient: gradient, input: cache.normalized, cache: cache.normalization)
  }
}

extension Tensor {
  /// A copy that a layer may mask, where there is padding; else the tensor itself.
  fileprivate func copiedIfPadded(_ lengths: [Int]?) -> Tensor { lengths == nil ? self : copy() }
}

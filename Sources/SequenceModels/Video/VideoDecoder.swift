import Operations
import Vocabulary

/// The decoder of frames: a convolution to the encoder's first width, residual blocks of the encoder's widths in reverse, between which
/// each pixel becomes a square of 2×2, a layer norm over channels, a map of channels and tanh.
///
/// - Source: NVlabs/ConvSSM, models/base.py; its `reconstruct` gives values behind tanh as its logits too, so the loss reads them.
struct VideoDecoder {
  private let input: ConvolutionMap
  private let blocks: [PictureBlock]
  private let norm: Normalization
  private let output: ConvolutionMap

  struct Cache {
    let features: Tensor
    /// What the blocks read.
    let inputs: [Tensor]
    let blocks: [PictureBranch.Cache]
    /// What the norm read.
    let last: Tensor
    let norm: Normalization.Cache
    /// What tanh read.
    let logits: Tensor
  }

  init(channels: Int, _ specification: ConvS5Specification, initializer: inout ParameterInitializer) {
    let widths = Array(specification.encoderWidths.reversed())
    let first = specification.encoderWidths[0]
    input = ConvolutionMap("decoder.input", inputs: specification.modelWidth, outputs: first, size: 3, initializer: &initializer)
    blocks = widths.indices.map { index in
      PictureBlock(
        "decoder.blocks.\(index)", inputs: index == 0 ? first : widths[index - 1], outputs: widths[index],
        groupCount: specification.groupCount, enlarges: index > 0, initializer: &initializer)
    }
    norm = Normalization("decoder.norm", .layer, modelWidth: first, epsilon: ConvS5.normEpsilon)
    output = ConvolutionMap("decoder.output", inputs: first, outputs: channels, size: 1, initializer: &initializer)
  }

  var parameters: [Parameter] { input.parameters + blocks.flatMap(\.parameters) + norm.parameters + output.parameters }

  /// [N, D, height / 2ᵏ, width / 2ᵏ] → [N, channels, height, width].
  func forward(_ features: Tensor, keeps: Bool) -> (output: Tensor, cache: Cache?) {
    var picture = input.forward(features)
    var (inputs, caches) = ([Tensor](), [PictureBranch.Cache]())
    for block in blocks {
      let (output, cache) = block.forward(picture)
      if keeps {
        inputs.append(picture)
        caches.append(cache)
      }
      picture = output
    }
    let (normalized, normCache) = norm.forward(picture.asRows, isTraining: false)
    let logits = output.forward(normalized.reshaped(picture.shape))
    return (
      Activation.forward(logits, kind: .tanh),
      keeps ? Cache(features: features, inputs: inputs, blocks: caches, last: picture, norm: normCache, logits: logits) : nil
    )
  }

  /// Returns the gradient of the features; adds those of the parameters.
  func backward(outputGradient: Tensor, cache: Cache) -> Tensor {
    let rows = cache.last.asRows
    let normalized = norm.rows(cache.norm, lengths: nil).applied(to: rows).reshaped(cache.last.shape)
    let normalizedGradient = output.backward(
      outputGradient: Activation.backward(outputGradient: outputGradient, input: cache.logits, kind: .tanh), input: normalized)
    var gradient = norm.backward(outputGradient: normalizedGradient.asRows, input: rows, cache: cache.norm).reshaped(cache.last.shape)
    for (index, block) in blocks.enumerated().reversed() {
      gradient = block.backward(outputGradient: gradient, input: cache.inputs[index], cache: cache.blocks[index])
    }
    return input.backward(outputGradient: gradient, input: cache.features)
  }
}

extension Tensor {
  /// [N, C, height, width] as [N, C, pixels].
  var asRows: Tensor { reshaped([shape[0], shape[1], shape[2] * shape[3]]) }
}

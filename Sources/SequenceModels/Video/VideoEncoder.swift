import Operations
import Vocabulary

/// The encoder of frames: a convolution, then residual blocks, with a mean over squares of 2×2 pixels in front of each but the first.
///
/// - Source: NVlabs/ConvSSM, models/base.py.
struct VideoEncoder {
  private let input: ConvolutionMap
  private let blocks: [PictureBlock]

  struct Cache {
    let frames: Tensor
    /// What the blocks read.
    let inputs: [Tensor]
    let blocks: [PictureBranch.Cache]
  }

  init(channels: Int, _ specification: ConvS5Specification, initializer: inout ParameterInitializer) {
    let widths = specification.encoderWidths
    input = ConvolutionMap("encoder.input", inputs: channels, outputs: widths[0], size: 3, initializer: &initializer)
    blocks = widths.indices.map { index in
      PictureBlock(
        "encoder.blocks.\(index)", inputs: widths[max(0, index - 1)], outputs: widths[index], groupCount: specification.groupCount,
        initializer: &initializer)
    }
  }

  var parameters: [Parameter] { input.parameters + blocks.flatMap(\.parameters) }

  /// [N, channels, height, width] → [N, last width, height / 2ᵏ, width / 2ᵏ].
  func forward(_ frames: Tensor, keeps: Bool) -> (output: Tensor, cache: Cache?) {
    var picture = input.forward(frames)
    var (inputs, caches) = ([Tensor](), [PictureBranch.Cache]())
    for (index, block) in blocks.enumerated() {
      let input = index == 0 ? picture : AveragePooling.forward(picture)
      let (output, cache) = block.forward(input)
      picture = output
      if keeps {
        inputs.append(input)
        caches.append(cache)
      }
    }
    return (picture, keeps ? Cache(frames: frames, inputs: inputs, blocks: caches) : nil)
  }

  /// Adds the gradients of the parameters; frames are data.
  func parameterGradients(outputGradient: Tensor, cache: Cache) {
    var gradient = outputGradient
    for (index, block) in blocks.enumerated().reversed() {
      gradient = block.backward(outputGradient: gradient, input: cache.inputs[index], cache: cache.blocks[index])
      if index > 0 { gradient = AveragePooling.backward(outputGradient: gradient) }
    }
    input.parameterGradients(outputGradient: gradient, input: cache.frames)
  }
}

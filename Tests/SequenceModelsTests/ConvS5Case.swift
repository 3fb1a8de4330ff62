import Arrays
import Operations
import ReferenceModels
import SequenceModels
import TestSupport
import Testing
import Vocabulary

/// A small model of videos with all its parameters moved from their start, its twin, and a video.
struct ConvS5Case: Sendable, CustomTestStringConvertible {
  let specification: ConvS5Specification
  /// [B, T, channels, height, width].
  let shape: [Int]

  /// Two levels of pooling; one with more frames than encoder and decoder take at once; and one frame of odd height and width. No group
  /// of a norm is one channel, which would hide the bias in front of it.
  static let all = [
    ConvS5Case(
      specification: ConvS5Specification(
        encoderWidths: [4, 6, 4], modelWidth: 6, layerCount: 2, modeCount: 3, groupCount: 2, filterExponent: -4), shape: [2, 3, 3, 8, 8]),
    ConvS5Case(
      specification: ConvS5Specification(
        encoderWidths: [4, 4], modelWidth: 4, layerCount: 2, modeCount: 2, groupCount: 2, frequencyScale: 3, filterExponent: 4),
      shape: [1, 9, 1, 4, 6]),
    ConvS5Case(
      specification: ConvS5Specification(encoderWidths: [4], modelWidth: 8, layerCount: 1, modeCount: 4, groupCount: 2),
      shape: [1, 1, 3, 5, 7]),
  ]

  var testDescription: String { "widths \(specification.encoderWidths), β = \(specification.filterExponent), [B, T, C, H, W] = \(shape)" }

  func model() throws -> ConvS5 {
    let model = try ConvS5(specification, channels: shape[2], seed: 5)
    for (index, parameter) in model.parameters.enumerated() {
      let moves = Tensor.random(parameter.value.shape, lane: UInt32(100 + index), bound: 0.2)
      ElementwiseArithmetic.add(moves, to: parameter.value)
    }
    return model
  }

  var frames: Tensor { .random(shape, lane: 1) }
  var slopes: Tensor { .random(shape, lane: 2) }

  func twin(of model: ConvS5) -> ReferenceConvS5 {
    let sizes = ReferenceConvS5.Sizes(
      encoderWidths: specification.encoderWidths, modelWidth: specification.modelWidth, layerCount: specification.layerCount,
      modeCount: specification.modeCount, groupCount: specification.groupCount, filterExponent: specification.filterExponent,
      channels: shape[2], height: shape[3], width: shape[4])
    let parameters = model.parameters.map { ($0.name, $0.value.doubles) }
    return ReferenceConvS5(sizes, parameters: Dictionary(uniqueKeysWithValues: parameters))
  }

  /// The gradients of Σ predictions · slopes.
  func gradients(of model: ConvS5) -> [Tensor] {
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    model.differentiate(.frames(frames), lengths: nil, pass: &pass) { _, part in
      part.map { slopes.rows($0) } ?? slopes
    }
    return model.parameters.map(\.gradient)
  }
}

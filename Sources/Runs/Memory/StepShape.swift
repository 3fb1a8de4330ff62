import SequenceModels
import Vocabulary

/// The sizes of a training step that its time follows from.
package struct StepShape: Sendable, Hashable {
  /// What is computed; each kind has a time of its own for its kernels.
  package enum Kind: String, Sendable, CaseIterable {
    case s4d, tfb, dfout, hope
    /// The small models.
    case waves, denoising, delay
    /// Prediction of frames, whose time follows from the products of its convolutions.
    case convS5 = "convs5"

    /// Whether it is one bank of systems between linear maps.
    package var isBank: Bool {
      switch self {
      case .s4d, .tfb, .dfout, .hope, .convS5: false
      case .waves, .denoising, .delay: true
      }
    }
  }

  package var kind: Kind
  /// Batch norm instead of layer norm; banks have none.
  package var hasBatchNorm: Bool
  /// B: sequences, those of a pair of documents counted apart.
  package var batchSize: Int
  /// L: steps of what a layer reads.
  package var length: Int
  /// H.
  package var width: Int
  /// Channels of the convolution's output, 2H of two concatenated directions; of ConvS5 the numbers of a frame that a pass keeps.
  package var outputs: Int
  package var layers: Int
  /// Points of a transform of the convolution: 2L, on a circle L; of ConvS5 the pixels of a frame.
  package var points: Int
  /// Systems times modes of a layer, both directions counted; of ConvS5 the products of a frame.
  package var terms: Int

  package init(
    kind: Kind, hasBatchNorm: Bool, batchSize: Int, length: Int, width: Int, outputs: Int, layers: Int, points: Int, terms: Int
  ) {
    self.kind = kind
    self.hasBatchNorm = hasBatchNorm
    self.batchSize = batchSize
    self.length = length
    self.width = width
    self.outputs = outputs
    self.layers = layers
    self.points = points
    self.terms = terms
  }

  /// - Parameters:
  ///   - layerCount: of the blocks that take part; nil is all.
  ///   - input: a step of the samples.
  package init(
    _ model: ModelSpecification, batchSize: Int, sequenceLength: Int, documentCount: Int = 1, input: SampleInput = .values(channels: 1),
    layerCount: Int? = nil
  ) {
    func bank(_ kind: Kind, width: Int, modes: Int, isCircular: Bool) -> StepShape {
      StepShape(
        kind: kind, hasBatchNorm: false, batchSize: batchSize, length: sequenceLength, width: width, outputs: width, layers: 1,
        points: (isCircular ? 1 : 2) * sequenceLength, terms: width * modes)
    }
    switch model {
    case .blocks(let blocks):
      let (kind, isCircular) = Self.kind(of: blocks.layer)
      let length = blocks.layerLength(sequenceLength)
      self.init(
        kind: kind, hasBatchNorm: blocks.normalization == .batch, batchSize: documentCount * batchSize, length: length,
        width: blocks.modelWidth, outputs: blocks.layer.outputWidth(modelWidth: blocks.modelWidth), layers: layerCount ?? blocks.layerCount,
        points: (isCircular ? 1 : 2) * length, terms: blocks.layer.kernelTerms(modelWidth: blocks.modelWidth))
    case .wavesRegressor(let waves): self = bank(.waves, width: waves.modelWidth, modes: waves.modeCount, isCircular: true)
    case .denoiser(let denoiser): self = bank(.denoising, width: input.numberCount, modes: denoiser.modeCount, isCircular: false)
    case .delay(let delay): self = bank(.delay, width: delay.modelWidth, modes: delay.modeCount, isCircular: false)
    case .convS5(let video):
      guard case .frames(let frame) = input else { preconditionFailure("StepShape: ConvS5 reads frames") }
      self.init(
        kind: .convS5, hasBatchNorm: false, batchSize: batchSize, length: sequenceLength, width: video.modelWidth,
        outputs: video.keptNumbers((frame.height, frame.width), frameCount: sequenceLength), layers: video.layerCount,
        points: frame.height * frame.width,
        terms: video.products(channels: frame.channels, height: frame.height, width: frame.width))
    }
  }

  /// HOPE's copy of a sequence with its reversal is a circle of twice the length.
  private static func kind(of layer: LayerSpecification) -> (Kind, isCircular: Bool) {
    switch layer {
    case .diagonal(let layer): (layer.filter == nil ? .s4d : .tfb, false)
    case .dampedFourier: (.dfout, false)
    case .hankel(let layer): (.hope, layer.directions != .halfSpectraOfCopy)
    }
  }
}

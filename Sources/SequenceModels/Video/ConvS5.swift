import Operations
import StateSpace
import Vocabulary

/// Encoder of frames, ConvS5 layers, decoder: predicts of each frame of a video the next one.
///
/// - Source: Smith et al., "Convolutional State Space Models for Long-Range Spatiotemporal Modeling", 2023, with NVlabs/ConvSSM,
///   models/sequence_models/noVQ/convS5.py.
package final class ConvS5: SequenceModel, CutsBatches, GeneratesFrames {
  /// ε of the norms over channels, that of the original's framework.
  static let normEpsilon = 1e-6
  /// Rows and columns of the kernels of B and C.
  static let kernelSize = 3
  package let specification: ConvS5Specification
  package let parameters: ParameterSet
  package let buffers: [ModelBuffer] = []

  /// Bytes that a pass of training may keep before its batch is cut.
  package var passLimit = BatchParts.usualLimit
  /// Bytes that the encoder's pictures may take before they are computed twice rather than kept; nil for the usual ones.
  package var encoderLimit: Int?

  private let encoder: VideoEncoder
  private let mixing: ActionMixing
  private let layers: [ConvS5Layer]
  private let decoder: VideoDecoder

  package struct Cache {
    let frames: Tensor
    /// Piece by piece; empty where it is computed once more.
    let encoder: [VideoEncoder.Cache]
    let encoded: Tensor
    let layers: [ConvS5Layer.Cache]
    /// Piece by piece.
    let decoder: [VideoDecoder.Cache]
  }

  /// The state of each layer, shape [B, 2P, height, width].
  private typealias States = [Tensor]

  /// Builds a model with initial values drawn from `seed`.
  ///
  /// - Throws: `StageError` (`badConfiguration`) when the initial poles cannot be computed.
  package init(_ specification: ConvS5Specification, channels: Int, seed: UInt64) throws {
    var initializer = ParameterInitializer(seed: seed)
    let poles = try InitialPoles.poles(.legS, stateSize: 2 * specification.modeCount)
    let eigenvectors = try InitialPoles.legSEigenvectors(stateSize: 2 * specification.modeCount)
    self.specification = specification
    encoder = VideoEncoder(channels: channels, specification, initializer: &initializer)
    mixing = ActionMixing(
      inputs: specification.encoderWidths.last ?? 0, outputs: specification.modelWidth, initializer: &initializer)
    layers = (0..<specification.layerCount).map {
      ConvS5Layer($0, specification, poles: poles, eigenvectors: eigenvectors, initializer: &initializer)
    }
    decoder = VideoDecoder(channels: channels, specification, initializer: &initializer)
    parameters = ParameterSet(encoder.parameters + mixing.parameters + layers.flatMap(\.parameters) + decoder.parameters)
  }

  /// The next frame at each step, in (−1, 1), shape [B, T, channels, height, width].
  package func forward(_ input: SequenceInput, lengths: Integers?, pass: inout Pass) -> (output: Tensor, cache: Cache) {
    var states: States?
    return predict(input.onlyFrames, states: &states, keeps: pass.isTraining)
  }

  /// - Parameter states: before the first step, nil being zero; then those of the last.
  private func predict(_ frames: Tensor, states: inout States?, keeps: Bool) -> (output: Tensor, cache: Cache) {
    let steps = Array(frames.shape[0..<2])
    let pieces = Self.pieces(of: frames.asFrames)
    let limit = encoderLimit ?? ConvS5Specification.encoderLimit(inProgram: frames.isPartOfProgram)
    let keepsEncoder = keeps && specification.encoderBytes(frameCount: steps[0] * steps[1], frames.frameSize) <= limit
    let (encoded, encoderCaches) = Self.inPieces(frames.asFrames, pieces) { encoder.forward($0, keeps: keepsEncoder) }
    let mixed = mixing.forward(encoded)
    var activation = mixed.reshaped(steps + mixed.shape.dropFirst())
    var (caches, last) = ([ConvS5Layer.Cache](), States())
    for (index, layer) in layers.enumerated() {
      let (output, cache) = layer.forward(activation, state: states?[index])
      activation = output
      last.append(cache.system.states.lastStep)
      if keeps { caches.append(cache) }
    }
    states = last
    let (output, decoderCaches) = Self.inPieces(activation.asFrames, pieces) { decoder.forward($0, keeps: keeps) }
    return (
      output.reshaped(frames.shape),
      Cache(
        frames: frames.asFrames, encoder: encoderCaches, encoded: encoded, layers: caches, decoder: decoderCaches)
    )
  }

  /// Adds the gradients of every parameter.
  ///
  /// - Precondition: `cache` comes from a training pass.
  package func backward(outputGradient: Tensor, cache: Cache) {
    let (gradients, pieces) = (outputGradient.asFrames, Self.pieces(of: outputGradient.asFrames))
    let decoded = Self.inPieces(gradients, pieces) { gradient, index in
      decoder.backward(outputGradient: gradient, cache: cache.decoder[index])
    }
    var gradient = decoded.reshaped(Array(outputGradient.shape[0..<2]) + decoded.shape.dropFirst())
    for (layer, layerCache) in zip(layers, cache.layers).reversed() {
      gradient = layer.backward(outputGradient: gradient, cache: layerCache)
    }
    let encodedGradient = mixing.backward(outputGradient: gradient.asFrames, input: cache.encoded)
    for (index, piece) in pieces.enumerated() {
      let slopes = encodedGradient.firstAxis(piece)
      let kept =
        cache.encoder.isEmpty
        ? encoder.forward(cache.frames.firstAxis(piece).again(after: slopes), keeps: true).cache : cache.encoder[index]
      guard let kept else { preconditionFailure("ConvS5: the cache is not of a training pass") }
      encoder.parameterGradients(outputGradient: slopes, cache: kept)
    }
  }
}

// MARK: Batches in parts

extension ConvS5 {
  /// As many samples at once as keep no more than `passLimit`, at least one; frames of different samples meet nowhere.
  package func parts(of input: SequenceInput, through probe: Probe) -> [Range<Int>]? {
    let frames = input.onlyFrames
    let together = specification.samplesOfPass(
      batchSize: frames.shape[0], frameCount: frames.shape[1],
      keptNumbers: specification.keptNumbers(frames.frameSize, frameCount: frames.shape[1]), limit: passLimit)
    if together == frames.shape[0] { return nil }
    return stride(from: 0, to: frames.shape[0], by: together).map { $0..<min(frames.shape[0], $0 + together) }
  }

  /// Which frames encoder and decoder take at once; in a program all of them.
  private static func pieces(of frames: Tensor) -> [Range<Int>] {
    if frames.isPartOfProgram { return [0..<frames.shape[0]] }
    let together = max(1, ConvS5Specification.pixelsAtOnce / (frames.shape[2] * frames.shape[3]))
    return stride(from: 0, to: frames.shape[0], by: together).map { $0..<min(frames.shape[0], $0 + together) }
  }

  /// Calls `body` with a few frames after the other, and joins what it gives.
  private static func inPieces<Cache>(
    _ frames: Tensor, _ pieces: [Range<Int>], _ body: (Tensor) -> (output: Tensor, cache: Cache?)
  ) -> (Tensor, [Cache]) {
    var caches: [Cache] = []
    let output = inPieces(frames, pieces) { piece, _ in
      let (output, cache) = body(piece)
      if let cache { caches.append(cache) }
      return output
    }
    return (output, caches)
  }

  private static func inPieces(_ frames: Tensor, _ pieces: [Range<Int>], _ body: (Tensor, _ index: Int) -> Tensor) -> Tensor {
    var whole: Tensor?
    for (index, piece) in pieces.enumerated() {
      let output = body(frames.firstAxis(piece), index)
      if pieces.count == 1 { return output }
      let target = whole ?? Tensor(uninitialized: [frames.shape[0]] + output.shape.dropFirst())
      target.firstAxis(piece).set(output)
      whole = target
    }
    return whole ?? frames
  }
}

// MARK: Generation

extension ConvS5 {
  package func predict(_ frames: Tensor, states: [Tensor]?) -> (output: Tensor, states: [Tensor]) {
    var states = states
    let output = predict(frames, states: &states, keeps: false).output
    return (output, states ?? [])
  }

  package func generate(after context: Tensor, count: Int) -> Tensor {
    let (batch, given) = (context.shape[0], context.shape[1])
    precondition(given > 0 && count > 0, "ConvS5: \(count) frames after \(given)")
    var states: States?
    if given > 1 { _ = predict(context.steps(0..<given - 1), states: &states, keeps: false) }
    var frame = context.steps(given - 1..<given)
    let made = Tensor(uninitialized: [batch, count] + context.shape.dropFirst(2))
    for step in 0..<count {
      frame = predict(frame, states: &states, keeps: false).output
      made.setSteps(from: step, frame)
    }
    return made
  }
}

extension Tensor {
  /// Rows and columns of frames [B, T, channels, height, width].
  fileprivate var frameSize: (height: Int, width: Int) { (shape[3], shape[4]) }

  /// [B, T, …] → [B, …]
  fileprivate var lastStep: Tensor { steps(shape[1] - 1..<shape[1]).reshaped([shape[0]] + shape.dropFirst(2)) }
}

extension SequenceInput {
  /// - Precondition: these are frames.
  var onlyFrames: Tensor {
    guard case .frames(let frames) = self else { preconditionFailure("SequenceInput: sequences for a model of videos") }
    return frames
  }
}

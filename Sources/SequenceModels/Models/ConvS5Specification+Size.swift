import Vocabulary

extension ConvS5Specification {
  /// Numbers of a kernel of B and C, and of the convolutions between.
  private static let kernelNumbers = ConvS5.kernelSize * ConvS5.kernelSize

  /// Channels in front of and behind each block of the encoder.
  private var encoderBlocks: [(inputs: Int, outputs: Int)] {
    encoderWidths.indices.map { (encoderWidths[max(0, $0 - 1)], encoderWidths[$0]) }
  }

  /// Channels in front of and behind each block of the decoder, at the encoder's resolutions in reverse.
  private var decoderBlocks: [(inputs: Int, outputs: Int)] {
    let widths = Array(encoderWidths.reversed())
    return widths.indices.map { ($0 == 0 ? encoderWidths[0] : widths[$0 - 1], widths[$0]) }
  }

  /// Pixels of the frames that encoder and decoder take at once, at least one frame: their pictures are large, and what is kept of them is
  /// less. Small pictures together make convolutions of many tiles.
  package static let pixelsAtOnce = 2 * 64 * 64

  /// Samples of a batch of training that go forward and back at once: as many as keep no more than a limit, at least one.
  package func samplesOfPass(
    batchSize: Int, frameCount: Int, keptNumbers: Int, limit: Int = BatchParts.usualLimit
  ) -> Int {
    min(batchSize, max(1, limit / max(1, MemoryLayout<Float>.size * frameCount * keptNumbers)))
  }

  /// Trained numbers.
  func parameterCount(channels: Int) -> Int {
    func map(_ inputs: Int, _ outputs: Int) -> Int { Self.kernelNumbers * inputs * outputs + outputs }
    func block(_ inputs: Int, _ outputs: Int) -> Int {
      2 * inputs + map(inputs, outputs) + 2 * outputs + map(outputs, outputs) + (inputs == outputs ? 0 : inputs * outputs)
    }
    let (first, last, width) = (encoderWidths[0], encoderWidths[encoderWidths.count - 1], modelWidth)
    let system = 3 * modeCount + 4 * Self.kernelNumbers * modeCount * width
    return map(channels, first) + encoderBlocks.reduce(0) { $0 + block($1.inputs, $1.outputs) } + width * last + 2 * width + 1
      + layerCount * (system + block(width, width) + 2 * width)
      + map(width, first) + decoderBlocks.reduce(0) { $0 + block($1.inputs, $1.outputs) } + 2 * first + channels * (first + 1)
  }

  /// Bytes that the encoder's pictures may take before a pass computes them twice rather than keeps them for its backward pass; the bits are
  /// the same either way. In a program a tenth of a GPU of 80 GB.
  static func encoderLimit(inProgram: Bool) -> Int { inProgram ? 8 << 30 : 64 << 20 }

  /// Bytes of the pictures of so many frames that the encoder keeps.
  func encoderBytes(frameCount: Int, _ size: (height: Int, width: Int)) -> Int {
    MemoryLayout<Float>.size * frameCount * encoderNumbers(size)
  }

  /// Numbers of a frame that the encoder keeps: what each block reads, and what its first convolution gives.
  private func encoderNumbers(_ size: (height: Int, width: Int)) -> Int {
    encoderBlocks.enumerated().reduce(0) { $0 + ($1.element.inputs + $1.element.outputs) * pixels(size, $1.offset) }
  }

  /// Numbers of a frame that the decoder keeps: the same, before pictures are enlarged, and what the last norm read.
  private func decoderNumbers(_ size: (height: Int, width: Int)) -> Int {
    let last = encoderWidths.count - 1
    return decoderBlocks.enumerated().reduce(encoderWidths[0] * pixels(size, 0)) {
      $0 + $1.element.inputs * pixels(size, min(last, last - $1.offset + 1)) + $1.element.outputs * pixels(size, last - $1.offset)
    }
  }

  private func pixels(_ size: (height: Int, width: Int), _ halvings: Int) -> Int { (size.height >> halvings) * (size.width >> halvings) }

  /// Numbers of a frame that a pass keeps for the backward pass.
  ///
  /// - Parameter frameCount: frames of a sample.
  package func keptNumbers(_ size: (height: Int, width: Int), frameCount: Int) -> Int {
    // Input, states, response, the residual block's middle and its sum.
    let layers = layerCount * (4 * modelWidth + 2 * modeCount)
    let last = encoderWidths.count - 1
    return (encoderBytes(frameCount: frameCount, size) <= Self.encoderLimit(inProgram: false) ? encoderNumbers(size) : 0)
      + decoderNumbers(size)
      + (layers + modelWidth + encoderWidths[last]) * pixels(size, last)
  }

  /// Products of numbers for one frame, forward: those of the convolutions, which take nearly all of the time.
  package func products(channels: Int, height: Int, width: Int) -> Int {
    func pixels(_ halvings: Int) -> Int { (height >> halvings) * (width >> halvings) }
    func block(_ inputs: Int, _ outputs: Int) -> Int {
      Self.kernelNumbers * outputs * (inputs + outputs) + (inputs == outputs ? 0 : inputs * outputs)
    }
    let (first, last) = (encoderWidths[0], encoderWidths.count - 1)
    let encoder =
      Self.kernelNumbers * channels * first * pixels(0)
      + encoderBlocks.enumerated().reduce(0) { $0 + block($1.element.inputs, $1.element.outputs) * pixels($1.offset) }
    let layer = Self.kernelNumbers * modelWidth * (4 * modeCount + 2 * modelWidth)
    let decoder =
      Self.kernelNumbers * modelWidth * first * pixels(last) + first * channels * pixels(0)
      + decoderBlocks.enumerated().reduce(0) { $0 + block($1.element.inputs, $1.element.outputs) * pixels(last - $1.offset) }
    return encoder + decoder + (layerCount * layer + modelWidth * encoderWidths[last]) * pixels(last)
  }
}

/// The cut of frames into strips of whole rows, for convolutions summed term by term. A strip's input channels stay in the second-level cache.
struct DirectTiling: Sendable {
  let sizes: ConvolutionSizes
  let rowsPerStrip: Int
  let stripsPerFrame: Int

  /// Pixels of a strip, as far as whole rows allow it.
  private static let stripPixels = 256
  /// Floats of a strip's inputs, if several rows are to fit.
  private static let stripSize = 128 << 10

  init(_ sizes: ConvolutionSizes) {
    self.sizes = sizes
    let rowSize = ConvolutionSizes.vectorCount(sizes.inputs) * 16 * (sizes.width + 2 * sizes.margin)
    let fitting = Self.stripSize / rowSize - 2 * sizes.margin
    rowsPerStrip = max(1, min(sizes.height, Self.stripPixels / sizes.width, fitting))
    stripsPerFrame = (sizes.height + rowsPerStrip - 1) / rowsPerStrip
  }

  var stripCount: Int { sizes.frames * stripsPerFrame }

  func strip(_ index: Int) -> (frame: Int, rows: Range<Int>) {
    let first = index % stripsPerFrame * rowsPerStrip
    return (index / stripsPerFrame, first..<min(sizes.height, first + rowsPerStrip))
  }

  /// Pixels of a row of inputs with its margins.
  var paddedWidth: Int { sizes.width + 2 * sizes.margin }
  /// Pixels of a row of sums, which are computed some at a time.
  var sumWidth: Int { LaneProducts.padded(sizes.width) }
  /// Floats of a strip's sixteen input channels with margins, and of sixteen output channels. Products of the last pixels of a row read on behind
  /// it.
  var inputVector: Int { ((rowsPerStrip + 2 * sizes.margin) * paddedWidth + LaneProducts.rowCount) * 16 }
  var outputVector: Int { (rowsPerStrip * sumWidth + 16) * 16 }

  /// Sixteen input channels of a strip, with margins.
  func writeInputs(
    _ source: UnsafePointer<Float>, frame: Int, rows: Range<Int>, vector: Int, scratch: UnsafeMutablePointer<Float>,
    to target: UnsafeMutablePointer<Float>
  ) {
    PixelLanes.pack(
      source + (frame * sizes.inputs + vector * 16) * sizes.pixels, channelCount: min(16, sizes.inputs - vector * 16), sizes: sizes,
      rows: rows.lowerBound - sizes.margin..<rows.upperBound + sizes.margin, firstColumn: -sizes.margin, columnCount: paddedWidth,
      scratch: scratch, to: target)
  }
}

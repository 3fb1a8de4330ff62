/// Planes of sixteen channels as pixels of sixteen values, and back.
enum PixelLanes {
  /// Writes some rows of planes to `target` [rows, columns][16], with zeros where rows and columns lie outside of the frame.
  ///
  /// - Parameters:
  ///   - planes: the first of the channels, whose planes follow one another.
  ///   - channelCount: up to 16; the other values of each pixel are zero.
  ///   - rows: which rows of the frame; some may lie outside.
  ///   - firstColumn: which column of the frame comes first; may lie outside.
  static func pack(
    _ planes: UnsafePointer<Float>, channelCount: Int, sizes: ConvolutionSizes, rows: Range<Int>, firstColumn: Int, columnCount: Int,
    scratch: UnsafeMutablePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) {
    let inside = min(max(0, rows.lowerBound), sizes.height)..<min(max(0, rows.upperBound), sizes.height)
    let (before, width) = (-firstColumn, min(sizes.width, columnCount + firstColumn))
    for row in rows {
      let place = target + (row - rows.lowerBound) * columnCount * 16
      if inside.contains(row) {
        place.update(repeating: 0, count: before * 16)
        (place + (before + width) * 16).update(repeating: 0, count: (columnCount - before - width) * 16)
      } else {
        place.update(repeating: 0, count: columnCount * 16)
      }
    }
    guard !inside.isEmpty else { return }
    var place = target + ((inside.lowerBound - rows.lowerBound) * columnCount + before) * 16
    var column = 0
    let (stride, gap) = (sizes.pixels, (columnCount - width) * 16)
    let source = planes + inside.lowerBound * sizes.width
    let pixelCount = inside.count * sizes.width
    var pixel = 0
    while pixel < pixelCount {
      let (group, rest) = (source + pixel, pixelCount &- pixel)
      LaneTransposition.transpose(scratch: scratch) { channel in
        channel < channelCount ? VectorMath.load(group + channel &* stride, count: rest) : .zero
      } store: { index, lanes in
        guard index < rest else { return }
        VectorMath.store(lanes, to: place)
        (place, column) = (place + 16, column &+ 1)
        if column == width { (place, column) = (place + gap, 0) }
      }
      pixel &+= 16
    }
  }

  /// Writes pixels [count][16] to planes, each channel with its bias.
  ///
  /// - Parameters:
  ///   - pixels: readable up to a multiple of sixteen pixels.
  ///   - planes: where the first channel's first pixel goes; planes follow one another `stride` floats apart.
  static func unpack(
    _ pixels: UnsafePointer<Float>, count: Int, bias: UnsafePointer<Float>?, channelCount: Int, stride: Int,
    scratch: UnsafeMutablePointer<Float>, to planes: UnsafeMutablePointer<Float>
  ) {
    var pixel = 0
    while pixel < count {
      let (group, target, rest) = (pixels + pixel &* 16, planes + pixel, count &- pixel)
      LaneTransposition.transpose(scratch: scratch) { index in
        VectorMath.load(group + index &* 16)
      } store: { channel, lanes in
        guard channel < channelCount else { return }
        let shifted = bias.map { lanes + Lanes(repeating: $0[channel]) } ?? lanes
        VectorMath.store(shifted, to: target + channel &* stride, count: rest)
      }
      pixel &+= 16
    }
  }
}

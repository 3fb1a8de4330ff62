import CBLAS

/// Convolution as matrix products: the pixels that each weight meets are written side by side, a block of input channels and a few rows of a
/// frame at a time, and one BLAS thread multiplies such columns [channels·k², pixels] by the weights. A kernel of one pixel needs no columns.
enum ColumnProducts {
  /// Pixels of a tile, as far as whole rows allow it.
  private static let tilePixels = 256
  /// Floats of a block of columns: half of a second-level cache.
  private static let blockSize = 128 << 10
  /// Tasks that a convolution is cut into, if it can be: enough for even work on several cores.
  private static let wantedTasks = 16

  /// y = weight ⋆ x + bias.
  static func convolve(_ input: Tensor, weight: Tensor, bias: Tensor?, sizes: ConvolutionSizes, to output: Tensor) {
    guard sizes.pixels > 0 else { return }
    let tiling = Tiling(sizes)
    // With few frames several tasks share a tile; each makes its columns again, which is little beside its products.
    let tiles = sizes.frames * tiling.tilesPerFrame
    let outputBlock = block(of: sizes.outputs, into: (wantedTasks + max(1, tiles) - 1) / max(1, tiles), atLeast: 16)
    let blocksPerTile = (sizes.outputs + outputBlock - 1) / outputBlock
    let (source, weights, target) = (Shared(input.elements), Shared(weight.elements), Shared(output.elements))
    let biases = bias.map { Shared($0.elements) }
    Parallel.forEach(tiles * blocksPerTile) { task in
      let (frame, rows) = tiling.tile(task / blocksPerTile)
      let outputs = task % blocksPerTile * outputBlock..<min(sizes.outputs, (task % blocksPerTile + 1) * outputBlock)
      let count = rows.count * sizes.width
      let columns = Tensor(uninitialized: [tiling.columnCount(channels: tiling.channelBlock, pixels: count)])
      let planes = source.pointer + frame * sizes.inputs * sizes.pixels
      let place = target.pointer + frame * sizes.outputs * sizes.pixels + rows.lowerBound * sizes.width
      for row in outputs { (place + row * sizes.pixels).update(repeating: biases?[row] ?? 0, count: count) }
      for first in stride(from: 0, to: sizes.inputs, by: tiling.channelBlock) {
        let channels = first..<min(sizes.inputs, first + tiling.channelBlock)
        let matrix = tiling.matrix(planes, channels: channels, rows: rows, columns: columns.elements)
        cblas_sgemm(
          CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(outputs.count), Int32(count), Int32(channels.count * sizes.taps), 1,
          weights.pointer + (outputs.lowerBound * sizes.inputs + first) * sizes.taps, Int32(sizes.inputs * sizes.taps),
          matrix.start, Int32(matrix.stride), 1, place + outputs.lowerBound * sizes.pixels, Int32(sizes.pixels))
      }
    }
  }

  /// weightGradient[o, c] += Σ_n outputGradient[n, o] ⋆ x[n, c].
  ///
  /// Tasks own blocks of input channels, each of which goes through the frames in order; where there are few channels, frames are cut into
  /// groups, whose sums are added in order.
  static func addWeightGradient(outputGradient: Tensor, input: Tensor, sizes: ConvolutionSizes, to weightGradient: Tensor) {
    guard sizes.pixels > 0 else { return }
    let tiling = Tiling(sizes)
    let channelBlock = min(tiling.channelBlock, block(of: sizes.inputs, into: wantedTasks, atLeast: 4))
    let blockCount = (sizes.inputs + channelBlock - 1) / channelBlock
    let groupCount = max(1, min(sizes.frames, wantedTasks / blockCount))
    let partials = Tensor.zeros([groupCount] + weightGradient.shape)
    let (source, gradients, sums) = (Shared(input.elements), Shared(outputGradient.elements), Shared(partials.elements))
    Parallel.forEach(groupCount * blockCount) { task in
      let (group, first) = (task / blockCount, task % blockCount * channelBlock)
      let channels = first..<min(sizes.inputs, first + channelBlock)
      let sum = sums.pointer + (group * sizes.outputs * sizes.inputs + first) * sizes.taps
      let columns = Tensor(uninitialized: [tiling.columnCount(channels: channelBlock, pixels: tiling.rowsPerTile * sizes.width)])
      for frame in sizes.frames * group / groupCount..<sizes.frames * (group + 1) / groupCount {
        for index in 0..<tiling.tilesPerFrame {
          let (_, rows) = tiling.tile(index)
          let matrix = tiling.matrix(
            source.pointer + frame * sizes.inputs * sizes.pixels, channels: channels, rows: rows, columns: columns.elements)
          cblas_sgemm(
            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(sizes.outputs), Int32(channels.count * sizes.taps),
            Int32(rows.count * sizes.width), 1,
            gradients.pointer + frame * sizes.outputs * sizes.pixels + rows.lowerBound * sizes.width, Int32(sizes.pixels),
            matrix.start, Int32(matrix.stride), 1, sum, Int32(sizes.inputs * sizes.taps))
        }
      }
    }
    Reductions.addPartials(partials, count: groupCount, to: weightGradient)
  }

  /// The size of each of `count` nearly equal blocks, or of fewer where they would be smaller than `least`.
  private static func block(of total: Int, into count: Int, atLeast least: Int) -> Int {
    max(1, min(total, max(least, (total + count - 1) / count)))
  }

  /// The cut of frames into tiles of whole rows and of their columns into blocks of input channels.
  private struct Tiling: Sendable {
    let sizes: ConvolutionSizes
    let rowsPerTile: Int
    let tilesPerFrame: Int
    let channelBlock: Int

    init(_ sizes: ConvolutionSizes) {
      self.sizes = sizes
      rowsPerTile = max(1, min(sizes.height, ColumnProducts.tilePixels / sizes.width))
      tilesPerFrame = (sizes.height + rowsPerTile - 1) / rowsPerTile
      let fitting = ColumnProducts.blockSize / (sizes.taps * rowsPerTile * sizes.width)
      channelBlock = sizes.kernel == 1 ? max(1, sizes.inputs) : max(1, min(sizes.inputs, fitting))
    }

    func tile(_ index: Int) -> (frame: Int, rows: Range<Int>) {
      let first = index % tilesPerFrame * rowsPerTile
      return (index / tilesPerFrame, first..<min(sizes.height, first + rowsPerTile))
    }

    /// Floats that `matrix` writes at most.
    func columnCount(channels: Int, pixels: Int) -> Int { sizes.kernel == 1 ? 0 : channels * sizes.taps * pixels }

    /// The columns [channels·k², pixels] of some rows of a frame, and the distance of the matrix's rows.
    func matrix(
      _ planes: UnsafeMutablePointer<Float>, channels: Range<Int>, rows: Range<Int>, columns: UnsafeMutablePointer<Float>
    ) -> (start: UnsafeMutablePointer<Float>, stride: Int) {
      let first = planes + channels.lowerBound * sizes.pixels
      if sizes.kernel == 1 { return (first + rows.lowerBound * sizes.width, sizes.pixels) }
      let count = rows.count * sizes.width
      var target = columns
      for channel in 0..<channels.count {
        let plane = first + channel * sizes.pixels
        for down in -sizes.margin...sizes.margin {
          for right in -sizes.margin...sizes.margin {
            writeShifted(plane, rows: rows, down: down, right: right, to: target)
            target += count
          }
        }
      }
      return (columns, count)
    }

    /// target[y, x] = plane[y + down, x + right], zero outside of the plane.
    private func writeShifted(
      _ plane: UnsafePointer<Float>, rows: Range<Int>, down: Int, right: Int, to target: UnsafeMutablePointer<Float>
    ) {
      let width = sizes.width
      let (before, after) = (min(width, max(0, -right)), min(width, max(0, right)))
      var place = target
      for row in rows {
        if row + down < 0 || row + down >= sizes.height || before + after >= width {
          place.update(repeating: 0, count: width)
        } else {
          place.update(repeating: 0, count: before)
          (place + before).update(from: plane + (row + down) * width + before + right, count: width - before - after)
          (place + (width - after)).update(repeating: 0, count: after)
        }
        place += width
      }
    }
  }
}

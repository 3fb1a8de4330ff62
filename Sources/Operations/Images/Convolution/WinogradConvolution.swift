/// Convolution with kernels of 3×3 by Winograd's minimal filtering: inputs and weights are transformed, 36 products of channels done for many
/// tiles at once, and their results transformed back. A chunk of tiles keeps its values in the caches.
enum WinogradConvolution {
  /// Tiles of a chunk: with fewer, weights are read too often; with more, values leave the second-level cache.
  private static let chunkLimit = 48
  /// Vectors of output channels whose products are there at the same time.
  private static let groupSize = 8

  /// y = weight ⋆ x + bias; or the gradient of x from that of y, where weights are turned.
  static func convolve(_ input: Tensor, weight: Tensor, turned: Bool, bias: Tensor?, sizes: ConvolutionSizes, to output: Tensor) {
    let tiling = WinogradTiling(sizes, limit: chunkLimit)
    let weights = WinogradWeights(weight, turned: turned, sizes: sizes)
    let (inputLanes, outputLanes) = (ConvolutionSizes.vectorCount(sizes.inputs), ConvolutionSizes.vectorCount(sizes.outputs))
    let inputs = TransformedTiles(lanes: inputLanes, tiles: tiling.tilesPerChunk)
    let products = TransformedTiles(lanes: min(groupSize, outputLanes), tiles: tiling.tilesPerChunk)
    let (source, target) = (Shared(input.elements), Shared(output.elements))
    let biases = bias.map { Shared($0.elements) }
    Parallel.forEach(tiling.chunkCount) { chunk in
      let rows = tiling.rows(ofChunk: chunk)
      let memory = Tensor(uninitialized: [inputs.count + products.count + Scratch.count(tiling)])
      defer { withExtendedLifetime(memory) {} }
      let (transformed, summed) = (memory.elements, memory.elements + inputs.count)
      let scratch = Scratch(summed + products.count)
      for vector in 0..<inputLanes {
        writeInputs(source.pointer, tiling, rows: rows, vector: vector, scratch, to: transformed + vector * inputs.vector, inputs)
      }
      for first in stride(from: 0, to: outputLanes, by: groupSize) {
        let group = first..<min(outputLanes, first + groupSize)
        for product in 0..<WinogradTransform.products {
          multiply(
            transformed + product * inputs.product, inputs, weights, product: product, group: group,
            to: summed + product * products.product, products)
        }
        for vector in group {
          writeOutputs(
            summed + (vector - first) * products.vector, products, tiling, rows: rows, vector: vector, bias: biases?.pointer, scratch,
            to: target.pointer)
        }
      }
    }
  }

  /// One of the 36 products for all tiles of a chunk and a group of output channels.
  private static func multiply(
    _ inputs: UnsafeMutablePointer<Float>, _ layout: TransformedTiles, _ weights: WinogradWeights, product: Int, group: Range<Int>,
    to sums: UnsafeMutablePointer<Float>, _ target: TransformedTiles
  ) {
    let strides = LaneProducts.Strides(row: 16, term: 1, lanes: weights.vector, target: target.vector)
    let (lanes, last) = (layout.lanes, weights.terms - (layout.lanes - 1) * 16)
    for vector in stride(from: group.lowerBound, to: group.upperBound, by: 2) {
      let panel = weights.values.pointer + product * weights.product + vector * weights.vector
      let place = sums + (vector - group.lowerBound) * target.vector
      for row in stride(from: 0, to: layout.tiles, by: LaneProducts.rowCount) {
        LaneProducts.multiply(
          vectors: min(2, group.upperBound - vector), strides, runs: lanes, adding: false, to: place + row * 16
        ) { run in
          LaneProducts.Terms(
            factors: inputs + run &* layout.vector + row * 16, lanes: panel + run &* 256, count: run &+ 1 == lanes ? last : 16)
        }
      }
    }
  }

  /// The transformed tiles of sixteen input channels.
  static func writeInputs(
    _ source: UnsafePointer<Float>, _ tiling: WinogradTiling, rows: Range<Int>, vector: Int, _ scratch: Scratch,
    to target: UnsafeMutablePointer<Float>, _ layout: TransformedTiles
  ) {
    writeTiles(
      source, channels: tiling.sizes.inputs, margin: 1, tiling, rows: rows, vector: vector, scratch, to: target, layout
    ) { WinogradTransform.input($0, to: $1, scratch: scratch.values) }
  }

  /// The transformed tiles of sixteen channels, with `margin` rows and columns around each tile.
  @inline(always)
  static func writeTiles(
    _ source: UnsafePointer<Float>, channels: Int, margin: Int, _ tiling: WinogradTiling, rows: Range<Int>, vector: Int,
    _ scratch: Scratch, to target: UnsafeMutablePointer<Float>, _ layout: TransformedTiles,
    _ transform: (WinogradTransform.Place, WinogradTransform.Place) -> Void
  ) {
    let (sizes, side) = (tiling.sizes, WinogradTransform.side)
    let columnCount = side * tiling.width + 2 * margin
    tiling.forEachPiece(of: rows) { piece in
      PixelLanes.pack(
        source + (piece.frame * channels + vector * 16) * sizes.pixels, channelCount: min(16, channels - vector * 16), sizes: sizes,
        rows: side * piece.rows.lowerBound - margin..<side * piece.rows.upperBound + margin, firstColumn: -margin,
        columnCount: columnCount, scratch: scratch.values, to: scratch.pixels)
      for row in 0..<piece.rows.count {
        for column in 0..<tiling.width {
          let tile = piece.tilesBefore + row * tiling.width + column
          transform(
            WinogradTransform.Place(
              start: scratch.pixels + (row * columnCount + column) * side * 16, row: columnCount * 16, column: 16),
            WinogradTransform.Place(
              start: target + tile * 16, row: WinogradTransform.points * layout.product, column: layout.product))
        }
      }
    }
  }

  /// The pixels of sixteen output channels from their products.
  private static func writeOutputs(
    _ sums: UnsafeMutablePointer<Float>, _ layout: TransformedTiles, _ tiling: WinogradTiling, rows: Range<Int>, vector: Int,
    bias: UnsafePointer<Float>?, _ scratch: Scratch, to target: UnsafeMutablePointer<Float>
  ) {
    let (sizes, side) = (tiling.sizes, WinogradTransform.side)
    tiling.forEachPiece(of: rows) { piece in
      let firstRow = piece.rows.lowerBound * side
      let rowCount = min(sizes.height, piece.rows.upperBound * side) - firstRow
      for row in 0..<piece.rows.count {
        for column in 0..<tiling.width {
          let tile = piece.tilesBefore + row * tiling.width + column
          let source = WinogradTransform.Place(
            start: sums + tile * 16, row: WinogradTransform.points * layout.product, column: layout.product)
          let place = scratch.pixels + (row * sizes.width + column) * side * 16
          let (height, width) = (min(side, rowCount - row * side), min(side, sizes.width - column * side))
          if height == side && width == side {
            let pixels = WinogradTransform.Place(start: place, row: sizes.width * 16, column: 16)
            WinogradTransform.output(source, to: pixels, scratch: scratch.values)
          } else {
            let pixels = WinogradTransform.Place(start: scratch.values + WinogradTransform.scratchCount, row: side * 16, column: 16)
            WinogradTransform.output(source, to: pixels, scratch: scratch.values)
            for line in 0..<height {
              (place + line * sizes.width * 16).update(from: pixels.start + line * side * 16, count: width * 16)
            }
          }
        }
      }
      PixelLanes.unpack(
        scratch.pixels, count: rowCount * sizes.width, bias: bias.map { $0 + vector * 16 },
        channelCount: min(16, sizes.outputs - vector * 16), stride: sizes.pixels, scratch: scratch.values,
        to: target + (piece.frame * sizes.outputs + vector * 16) * sizes.pixels + firstRow * sizes.width)
    }
  }

  /// Where the transformed values of a chunk lie: [36, vectors of channels, tiles][16], with a gap that keeps the 36 values of a tile out
  /// of the same set of a cache.
  struct TransformedTiles: Sendable {
    let lanes: Int
    let tiles: Int
    /// Floats of one vector of channels, of one of the 36, and of all.
    var vector: Int { tiles * 16 }
    var product: Int { lanes * vector + 16 }
    var count: Int { WinogradTransform.products * product }
  }

  /// Memory of a task beside its transformed values.
  struct Scratch {
    /// For transforms, transpositions, and a tile at the edge.
    let values: UnsafeMutablePointer<Float>
    let pixels: UnsafeMutablePointer<Float>

    private static let valueCount = WinogradTransform.scratchCount + 256

    static func count(_ tiling: WinogradTiling) -> Int { valueCount + tiling.pixelCount }

    init(_ start: UnsafeMutablePointer<Float>) {
      values = start
      pixels = start + Self.valueCount
    }
  }
}

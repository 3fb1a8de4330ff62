/// The cut of all frames' tiles into chunks of whole rows of tiles. Rows are counted over all frames.
struct WinogradTiling: Sendable {
  let sizes: ConvolutionSizes
  /// Tiles of a row.
  let width: Int
  /// Rows of tiles of a frame, and of all.
  let rowsPerFrame: Int
  let rowCount: Int
  let rowsPerChunk: Int

  init(_ sizes: ConvolutionSizes, rowsPerChunk: Int) {
    let side = WinogradTransform.side
    self.sizes = sizes
    self.rowsPerChunk = rowsPerChunk
    width = (sizes.width + side - 1) / side
    rowsPerFrame = (sizes.height + side - 1) / side
    rowCount = rowsPerFrame * sizes.frames
  }

  /// Chunks such that two or four threads have even work, and little of the blocks of rows of products is empty.
  ///
  /// - Parameter limit: tiles of a chunk at most, but for chunks of a single row.
  init(_ sizes: ConvolutionSizes, limit: Int) {
    let whole = WinogradTiling(sizes, rowsPerChunk: 1)
    var (best, least) = (1, Int.max)
    for rows in 1...max(1, min(whole.rowCount, limit / max(1, whole.width))) {
      let chunks = (whole.rowCount + rows - 1) / rows
      let work = (chunks + 3) / 4 * LaneProducts.padded(rows * whole.width)
      if work <= least { (best, least) = (rows, work) }
    }
    self.init(sizes, rowsPerChunk: best)
  }

  /// Tiles of all frames.
  static func tileCount(_ sizes: ConvolutionSizes) -> Int {
    let side = WinogradTransform.side
    return sizes.frames * ((sizes.height + side - 1) / side) * ((sizes.width + side - 1) / side)
  }

  var chunkCount: Int { (rowCount + rowsPerChunk - 1) / rowsPerChunk }

  /// Tiles of a chunk, with those that fill up the last block of products.
  var tilesPerChunk: Int { LaneProducts.padded(rowsPerChunk * width) }

  func rows(ofChunk chunk: Int) -> Range<Int> { chunk * rowsPerChunk..<min(rowCount, (chunk + 1) * rowsPerChunk) }

  /// Rows of tiles of one frame.
  struct Piece {
    let frame: Int
    let rows: Range<Int>
    /// Tiles of the range that come before.
    let tilesBefore: Int
  }

  /// Calls `body` with the pieces of a range of rows, frame by frame.
  @inline(always)
  func forEachPiece(of rows: Range<Int>, _ body: (Piece) -> Void) {
    var row = rows.lowerBound
    while row < rows.upperBound {
      let first = row % rowsPerFrame
      let count = min(rowsPerFrame - first, rows.upperBound - row)
      body(Piece(frame: row / rowsPerFrame, rows: first..<first + count, tilesBefore: (row - rows.lowerBound) * width))
      row += count
    }
  }

  /// Floats that the pixels of sixteen channels of a piece need, with margins.
  var pixelCount: Int {
    let (side, rows) = (WinogradTransform.side, min(rowsPerChunk, rowsPerFrame))
    return (side * rows + 2) * (side * width + 2) * 16
  }
}

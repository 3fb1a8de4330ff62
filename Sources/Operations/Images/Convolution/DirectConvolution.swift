/// Convolution as it is written, term by term: for kernels of any size, and where transforms would cost more than they save.
enum DirectConvolution {
  /// Terms whose weights, of two vectors of outputs, stay in the first-level cache.
  private static let termCount = 256
  /// Tasks that a convolution is cut into, if it can be: enough for even work on several cores.
  private static let wantedTasks = 16

  /// y = weight ⋆ x + bias; or the gradient of x from that of y, where weights are turned.
  static func convolve(_ input: Tensor, weight: Tensor, turned: Bool, bias: Tensor?, sizes: ConvolutionSizes, to output: Tensor) {
    guard sizes.frames * sizes.pixels > 0 else { return }
    let tiling = DirectTiling(sizes)
    let weights = DirectWeights(weight, turned: turned, sizes: sizes)
    let (inputLanes, outputLanes) = (ConvolutionSizes.vectorCount(sizes.inputs), ConvolutionSizes.vectorCount(sizes.outputs))
    // With few strips several tasks share one; each packs its inputs again, which is little beside its products.
    let pairs = (outputLanes + 1) / 2
    let partCount = min(pairs, (wantedTasks + tiling.stripCount - 1) / tiling.stripCount)
    let (source, target) = (Shared(input.elements), Shared(output.elements))
    let biases = bias.map { Shared($0.elements) }
    let strides = LaneProducts.Strides(row: 16, term: 1, lanes: weights.vector, target: tiling.outputVector)
    Parallel.forEach(tiling.stripCount * partCount) { task in
      let ((frame, rows), part) = (tiling.strip(task / partCount), task % partCount)
      let memory = Tensor(
        uninitialized: [LaneTransposition.scratchCount + inputLanes * tiling.inputVector + 2 * tiling.outputVector])
      defer { withExtendedLifetime(memory) {} }
      let scratch = memory.elements
      let inputs = scratch + LaneTransposition.scratchCount
      let sums = inputs + inputLanes * tiling.inputVector
      for vector in 0..<inputLanes {
        tiling.writeInputs(
          source.pointer, frame: frame, rows: rows, vector: vector, scratch: scratch, to: inputs + vector * tiling.inputVector)
      }
      for pair in pairs * part / partCount..<pairs * (part + 1) / partCount {
        let vectors = 2 * pair..<min(outputLanes, 2 * pair + 2)
        sum(inputs, tiling, rowCount: rows.count, weights, vectors: vectors, strides, to: sums)
        for vector in vectors {
          write(
            sums + (vector - vectors.lowerBound) * tiling.outputVector, tiling, frame: frame, rows: rows, vector: vector,
            bias: biases?.pointer, scratch: scratch, to: target.pointer)
        }
      }
    }
  }

  /// Sums of one or two vectors of outputs for a strip, a few taps after the other.
  private static func sum(
    _ inputs: UnsafePointer<Float>, _ tiling: DirectTiling, rowCount: Int, _ weights: DirectWeights, vectors: Range<Int>,
    _ strides: LaneProducts.Strides, to sums: UnsafeMutablePointer<Float>
  ) {
    let sizes = tiling.sizes
    let lanes = ConvolutionSizes.vectorCount(sizes.inputs)
    let last = sizes.inputs - (lanes - 1) * 16
    let tapsAtOnce = max(1, termCount / sizes.inputs)
    for firstTap in stride(from: 0, to: sizes.taps, by: tapsAtOnce) {
      let taps = min(tapsAtOnce, sizes.taps - firstTap)
      for row in 0..<rowCount {
        for column in stride(from: 0, to: sizes.width, by: LaneProducts.rowCount) {
          LaneProducts.multiply(
            vectors: vectors.count, strides, runs: taps * lanes, adding: firstTap > 0, to: sums + (row * tiling.sumWidth + column) * 16
          ) { run in
            let (tap, vector) = (firstTap &+ run / lanes, run % lanes)
            let pixel = (row &+ tap / sizes.kernel) &* tiling.paddedWidth &+ column &+ tap % sizes.kernel
            return LaneProducts.Terms(
              factors: inputs + (vector &* tiling.inputVector &+ pixel &* 16),
              lanes: weights.values.pointer + (tap &* weights.tap &+ vectors.lowerBound &* weights.vector &+ vector &* 256),
              count: vector &+ 1 == lanes ? last : 16)
          }
        }
      }
    }
  }

  /// A strip of sixteen output channels.
  private static func write(
    _ sums: UnsafePointer<Float>, _ tiling: DirectTiling, frame: Int, rows: Range<Int>, vector: Int, bias: UnsafePointer<Float>?,
    scratch: UnsafeMutablePointer<Float>, to target: UnsafeMutablePointer<Float>
  ) {
    let sizes = tiling.sizes
    // Rows without a gap between them are one.
    let whole = tiling.sumWidth == sizes.width
    for row in whole ? rows.lowerBound..<rows.lowerBound + 1 : rows {
      PixelLanes.unpack(
        sums + (row - rows.lowerBound) * tiling.sumWidth * 16, count: whole ? rows.count * sizes.width : sizes.width,
        bias: bias.map { $0 + vector * 16 }, channelCount: min(16, sizes.outputs - vector * 16), stride: sizes.pixels, scratch: scratch,
        to: target + (frame * sizes.outputs + vector * 16) * sizes.pixels + row * sizes.width)
    }
  }
}

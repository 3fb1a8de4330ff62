/// The gradient of a convolution's weights, term by term.
///
/// Strips are cut into groups, each with sums of its own, which one thread makes from the pixels; where there are few strips, taps are
/// cut too.
enum DirectWeightGradient {
  /// Tasks that a gradient is cut into, if it can be, and floats of all groups' sums at most.
  private static let wantedTasks = 16
  private static let sumLimit = 8 << 20

  /// weightGradient[o, c] += Σ_n outputGradient[n, o] ⋆ x[n, c].
  static func add(outputGradient: Tensor, input: Tensor, sizes: ConvolutionSizes, to weightGradient: Tensor) {
    guard sizes.frames * sizes.pixels > 0 else { return }
    let tiling = DirectTiling(sizes)
    let (inputLanes, outputLanes) = (ConvolutionSizes.vectorCount(sizes.inputs), ConvolutionSizes.vectorCount(sizes.outputs))
    // [k², vectors of inputs, outputs][16], a vector being sixteen inputs.
    let (sumVector, sumTap) = (outputLanes * 256, inputLanes * outputLanes * 256)
    let sumCount = sizes.taps * sumTap
    let groupCount = max(1, min(wantedTasks, tiling.stripCount, sumLimit / sumCount))
    let partCount = min(sizes.taps, (wantedTasks + groupCount - 1) / groupCount)
    let memory = Tensor(uninitialized: [groupCount * sumCount])
    let (sums, source, gradient) = (Shared(memory.elements), Shared(input.elements), Shared(outputGradient.elements))
    Parallel.forEach(groupCount * partCount) { task in
      let (group, part) = (task / partCount, task % partCount)
      let strips = tiling.stripCount * group / groupCount..<tiling.stripCount * (group + 1) / groupCount
      let buffer = Tensor(
        uninitialized: [
          LaneTransposition.scratchCount + inputLanes * tiling.inputVector + outputLanes * tiling.rowsPerStrip * sizes.width * 16
        ])
      defer { withExtendedLifetime(buffer) {} }
      let scratch = buffer.elements
      let inputs = scratch + LaneTransposition.scratchCount
      let slopes = inputs + inputLanes * tiling.inputVector
      for strip in strips {
        let (frame, rows) = tiling.strip(strip)
        let slopeVector = rows.count * sizes.width * 16
        for vector in 0..<inputLanes {
          tiling.writeInputs(
            source.pointer, frame: frame, rows: rows, vector: vector, scratch: scratch, to: inputs + vector * tiling.inputVector)
        }
        for vector in 0..<outputLanes {
          PixelLanes.pack(
            gradient.pointer + (frame * sizes.outputs + vector * 16) * sizes.pixels, channelCount: min(16, sizes.outputs - vector * 16),
            sizes: sizes, rows: rows, firstColumn: 0, columnCount: sizes.width, scratch: scratch, to: slopes + vector * slopeVector)
        }
        for tap in sizes.taps * part / partCount..<sizes.taps * (part + 1) / partCount {
          multiply(
            inputs + (tap / sizes.kernel * tiling.paddedWidth + tap % sizes.kernel) * 16, slopes, tiling, rowCount: rows.count,
            isFirst: strip == strips.lowerBound, to: sums.pointer + group * sumCount + tap * sumTap)
        }
      }
    }
    let target = Shared(weightGradient.elements)
    Parallel.forEach(sizes.outputs) { output in
      for vector in 0..<inputLanes {
        let place = target.pointer + (output * sizes.inputs + vector * 16) * sizes.taps
        for tap in 0..<sizes.taps {
          let first = sums.pointer + tap * sumTap + vector * sumVector + output * 16
          var sum = VectorMath.load(first)
          for group in 1..<groupCount { sum += VectorMath.load(first + group * sumCount) }
          for lane in 0..<min(16, sizes.inputs - vector * 16) { place[lane * sizes.taps + tap] += sum[lane] }
        }
      }
    }
  }

  /// The products of one tap for a strip.
  private static func multiply(
    _ inputs: UnsafePointer<Float>, _ slopes: UnsafePointer<Float>, _ tiling: DirectTiling, rowCount: Int, isFirst: Bool,
    to sums: UnsafeMutablePointer<Float>
  ) {
    let sizes = tiling.sizes
    let (inputLanes, outputLanes) = (ConvolutionSizes.vectorCount(sizes.inputs), ConvolutionSizes.vectorCount(sizes.outputs))
    let strides = LaneProducts.Strides(row: 1, term: 16, lanes: tiling.inputVector, target: outputLanes * 256)
    // Without margins rows are one.
    let (runs, count) = sizes.kernel == 1 ? (1, rowCount * sizes.width) : (rowCount, sizes.width)
    for vector in stride(from: 0, to: inputLanes, by: 2) {
      for row in stride(from: 0, to: outputLanes * 16, by: LaneProducts.rowCount) {
        let factors = slopes + row / 16 * rowCount * sizes.width * 16 + row % 16
        LaneProducts.multiply(
          vectors: min(2, inputLanes - vector), strides, runs: runs, adding: !isFirst,
          to: sums + (vector * outputLanes * 256 + row * 16)
        ) { run in
          LaneProducts.Terms(
            factors: factors + run &* sizes.width &* 16,
            lanes: inputs + (vector &* tiling.inputVector &+ run &* tiling.paddedWidth &* 16), count: count)
        }
      }
    }
  }
}

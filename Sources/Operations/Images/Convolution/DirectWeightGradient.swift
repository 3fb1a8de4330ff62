/// The gradient of a convolution's weights, term by term.
///
/// All threads pack the channels of some frames, then each adds the products of a tap and some channels, so that no sum is there twice.
enum DirectWeightGradient {
  /// Floats of the packed channels.
  private static let chunkSize = 1 << 20

  /// weightGradient[o, c] += Σ_n outputGradient[n, o] ⋆ x[n, c].
  static func add(outputGradient: Tensor, input: Tensor, sizes: ConvolutionSizes, to weightGradient: Tensor) {
    guard sizes.frames * sizes.pixels > 0 else { return }
    let tiling = DirectTiling(sizes)
    let (inputLanes, outputLanes) = (ConvolutionSizes.vectorCount(sizes.inputs), ConvolutionSizes.vectorCount(sizes.outputs))
    let slopeVector = tiling.rowsPerStrip * sizes.width * 16
    let stripSize = inputLanes * tiling.inputVector + outputLanes * slopeVector
    let stripsAtOnce = max(1, min(tiling.stripCount, chunkSize / stripSize))
    let memory = Tensor(uninitialized: [stripsAtOnce * stripSize])
    // [k², vectors of inputs, outputs][16], a vector being sixteen inputs.
    let (vectorSize, tapSize) = (outputLanes * 256, inputLanes * outputLanes * 256)
    let sumMemory = Tensor(uninitialized: [sizes.taps * tapSize])
    defer { withExtendedLifetime((memory, sumMemory)) {} }
    let (packed, sums) = (Shared(memory.elements), Shared(sumMemory.elements))
    let (source, gradient) = (Shared(input.elements), Shared(outputGradient.elements))
    for first in stride(from: 0, to: tiling.stripCount, by: stripsAtOnce) {
      let count = min(stripsAtOnce, tiling.stripCount - first)
      Parallel.forEach(count * (inputLanes + outputLanes)) { task in
        let ((frame, rows), vector) = (tiling.strip(first + task % count), task / count)
        let strip = packed.pointer + task % count * stripSize
        withUnsafeTemporaryAllocation(of: Float.self, capacity: LaneTransposition.scratchCount) { buffer in
          guard let scratch = buffer.baseAddress else { return }
          if vector < inputLanes {
            tiling.writeInputs(
              source.pointer, frame: frame, rows: rows, vector: vector, scratch: scratch, to: strip + vector * tiling.inputVector)
          } else {
            let vector = vector - inputLanes
            PixelLanes.pack(
              gradient.pointer + (frame * sizes.outputs + vector * 16) * sizes.pixels,
              channelCount: min(16, sizes.outputs - vector * 16), sizes: sizes, rows: rows, firstColumn: 0, columnCount: sizes.width,
              scratch: scratch, to: strip + inputLanes * tiling.inputVector + vector * slopeVector)
          }
        }
      }
      let pairs = (inputLanes + 1) / 2
      Parallel.forEach(sizes.taps * outputLanes * pairs) { task in
        let (tap, output, input) = (task / pairs / outputLanes, task / pairs % outputLanes, task % pairs * 2)
        let strides = LaneProducts.Strides(row: 1, term: 16, lanes: tiling.inputVector, target: vectorSize)
        let shift = (tap / sizes.kernel * tiling.paddedWidth + tap % sizes.kernel) * 16
        let target = sums.pointer + tap * tapSize + input * vectorSize + output * 256
        for strip in 0..<count {
          let start = packed.pointer + strip * stripSize
          let slopes = start + inputLanes * tiling.inputVector + output * slopeVector
          let lanes = start + input * tiling.inputVector + shift
          for half in 0..<2 {
            LaneProducts.multiply(
              vectors: min(2, inputLanes - input), strides, runs: tiling.strip(first + strip).rows.count, adding: first + strip > 0,
              to: target + half * 128
            ) { row in
              LaneProducts.Terms(
                factors: slopes + (row &* sizes.width &* 16 &+ half &* 8), lanes: lanes + row &* tiling.paddedWidth &* 16,
                count: sizes.width)
            }
          }
        }
      }
    }
    let target = Shared(weightGradient.elements)
    Parallel.forEach(sizes.outputs) { output in
      for input in 0..<sizes.inputs {
        let place = target.pointer + (output * sizes.inputs + input) * sizes.taps
        let sum = sums.pointer + input / 16 * vectorSize + output * 16 + input % 16
        for tap in 0..<sizes.taps { place[tap] += sum[tap * tapSize] }
      }
    }
  }
}

/// The gradient of a convolution's weights by the same minimal filtering: inputs and gradients of outputs are transformed, 36 products of their
/// channels are summed over all tiles, and the sums transformed back.
///
/// A chunk of tiles is transformed by all threads, then each adds it to sums of its own, so that no sum is there twice.
enum WinogradWeightGradient {
  /// Floats of a chunk's transformed values.
  private static let chunkSize = 1 << 20
  /// Parts of a chunk that are transformed at the same time, for each vector of channels.
  private static let partCount = 4

  /// weightGradient[o, c] += Σ_n outputGradient[n, o] ⋆ x[n, c].
  static func add(outputGradient: Tensor, input: Tensor, sizes: ConvolutionSizes, to weightGradient: Tensor) {
    let (inputLanes, outputLanes) = (ConvolutionSizes.vectorCount(sizes.inputs), ConvolutionSizes.vectorCount(sizes.outputs))
    let tilesAtOnce = chunkSize / (WinogradTransform.products * 16 * (inputLanes + outputLanes))
    let tiling = WinogradTiling(sizes, limit: max(16, tilesAtOnce))
    let inputs = WinogradConvolution.TransformedTiles(lanes: inputLanes, tiles: tiling.tilesPerChunk)
    let gradients = WinogradConvolution.TransformedTiles(lanes: outputLanes, tiles: tiling.tilesPerChunk)
    let memory = Tensor(uninitialized: [inputs.count + gradients.count])
    let sums = Sums(inputLanes: inputLanes, outputLanes: outputLanes)
    let (transformed, slopes) = (Shared(memory.elements), Shared(memory.elements + inputs.count))
    let (source, gradient) = (Shared(input.elements), Shared(outputGradient.elements))
    for chunk in 0..<tiling.chunkCount {
      let rows = tiling.rows(ofChunk: chunk)
      Parallel.forEach(partCount * (inputLanes + outputLanes)) { task in
        let (part, vector) = (task % partCount, task / partCount)
        let rows = rows.lowerBound + rows.count * part / partCount..<rows.lowerBound + rows.count * (part + 1) / partCount
        guard !rows.isEmpty else { return }
        let tile = (rows.lowerBound - tiling.rows(ofChunk: chunk).lowerBound) * tiling.width * 16
        let buffer = Tensor(uninitialized: [WinogradConvolution.Scratch.count(tiling)])
        defer { withExtendedLifetime(buffer) {} }
        let scratch = WinogradConvolution.Scratch(buffer.elements)
        if vector < inputLanes {
          WinogradConvolution.writeInputs(
            source.pointer, tiling, rows: rows, vector: vector, scratch, to: transformed.pointer + vector * inputs.vector + tile, inputs)
        } else {
          let vector = vector - inputLanes
          WinogradConvolution.writeTiles(
            gradient.pointer, channels: sizes.outputs, margin: 0, tiling, rows: rows, vector: vector, scratch,
            to: slopes.pointer + vector * gradients.vector + tile, gradients
          ) { WinogradTransform.outputGradient($0, to: $1, scratch: scratch.values) }
        }
      }
      let pairs = (inputLanes + 1) / 2
      Parallel.forEach(WinogradTransform.products * pairs) { task in
        let (product, vector) = (task / pairs, task % pairs * 2)
        let panel = transformed.pointer + product * inputs.product + vector * inputs.vector
        let strides = LaneProducts.Strides(row: 1, term: 16, lanes: inputs.vector, target: sums.vector)
        for row in stride(from: 0, to: outputLanes * 16, by: LaneProducts.rowCount) {
          let factors = slopes.pointer + product * gradients.product + row / 16 * gradients.vector + row % 16
          LaneProducts.multiply(
            vectors: min(2, inputLanes - vector), strides, runs: 1, adding: chunk > 0,
            to: sums.values.pointer + product * sums.product + vector * sums.vector + row * 16
          ) { _ in LaneProducts.Terms(factors: factors, lanes: panel, count: rows.count * tiling.width) }
        }
      }
    }
    sums.addTransformed(sizes, to: weightGradient)
  }

  /// The sums of products: [36, vectors of inputs, outputs][16], a vector being sixteen inputs.
  private struct Sums: Sendable {
    let values: Shared<Float>
    let vector: Int
    let product: Int
    private let memory: Tensor

    init(inputLanes: Int, outputLanes: Int) {
      vector = outputLanes * 256
      product = inputLanes * vector + 16
      memory = Tensor(uninitialized: [WinogradTransform.products * product])
      values = Shared(memory.elements)
    }

    func addTransformed(_ sizes: ConvolutionSizes, to weightGradient: Tensor) {
      let target = Shared(weightGradient.elements)
      let (inputs, outputs) = (sizes.inputs, sizes.outputs)
      Parallel.forEachChunk(of: ConvolutionSizes.vectorCount(inputs) * outputs, size: 64) { _, range in
        withUnsafeTemporaryAllocation(of: Float.self, capacity: WinogradTransform.scratchCount + 16 * 16) { buffer in
          guard let scratch = buffer.baseAddress else { return }
          let taps = scratch + WinogradTransform.scratchCount
          taps.update(repeating: 0, count: 16 * 16)
          for index in range {
            let (output, first) = (index % outputs, index / outputs * 16)
            WinogradTransform.weightGradient(
              WinogradTransform.Place(
                start: values.pointer + index / outputs * vector + output * 16, row: WinogradTransform.points * product, column: product),
              to: WinogradTransform.Place(start: taps, row: 48, column: 16), scratch: scratch)
            for lane in 0..<min(16, inputs - first) {
              let place = target.pointer + (output * inputs + first + lane) * 9
              for tap in 0..<9 { place[tap] += taps[tap * 16 + lane] }
            }
          }
        }
      }
    }
  }
}

/// The gradient of a convolution's weights by the same minimal filtering: inputs and gradients of outputs are transformed, 36 products of their
/// channels are summed over tiles, and the sums transformed back.
///
/// Tiles are cut into groups, each with sums of its own, which one thread makes from the pixels to the weights: what another core has written
/// would be slow to read.
enum WinogradWeightGradient {
  /// Floats of the transformed values that are there at once, and tiles at least: sums are read and written once for so many.
  private static let chunkSize = 1 << 20
  private static let chunkTiles = 128
  /// Tiles of a group at least, beside which its sums are few, and groups at most.
  private static let groupTiles = 120
  private static let maximumGroupCount = 16

  /// weightGradient[o, c] += Σ_n outputGradient[n, o] ⋆ x[n, c].
  static func add(outputGradient: Tensor, input: Tensor, sizes: ConvolutionSizes, to weightGradient: Tensor) {
    let (inputLanes, outputLanes) = (ConvolutionSizes.vectorCount(sizes.inputs), ConvolutionSizes.vectorCount(sizes.outputs))
    let whole = WinogradTiling(sizes, rowsPerChunk: 1)
    let groupCount = max(2, min(maximumGroupCount, WinogradTiling.tileCount(sizes) / groupTiles / 2 * 2))
    let tilesAtOnce = max(chunkTiles, chunkSize / (WinogradTransform.products * 16 * (inputLanes + outputLanes)))
    let rowsPerGroup = (whole.rowCount + groupCount - 1) / groupCount
    let tiling = WinogradTiling(sizes, rowsPerChunk: max(1, min(rowsPerGroup, tilesAtOnce / whole.width)))
    let partials = Tensor(uninitialized: [groupCount] + weightGradient.shape)
    let (source, gradient, target) = (Shared(input.elements), Shared(outputGradient.elements), Shared(partials.elements))
    Parallel.forEach(groupCount) { group in
      let rows = whole.rowCount * group / groupCount..<whole.rowCount * (group + 1) / groupCount
      let work = Work(tiling, inputLanes: inputLanes, outputLanes: outputLanes)
      for first in stride(from: rows.lowerBound, to: rows.upperBound, by: tiling.rowsPerChunk) {
        work.add(
          source.pointer, gradient.pointer, rows: first..<min(rows.upperBound, first + tiling.rowsPerChunk),
          isFirst: first == rows.lowerBound)
      }
      work.writeWeights(to: target.pointer + group * sizes.outputs * sizes.inputs * sizes.taps, isEmpty: rows.isEmpty)
    }
    Reductions.addPartials(partials, count: groupCount, to: weightGradient)
  }

  /// The memory of one group.
  private struct Work {
    let tiling: WinogradTiling
    let inputLayout: WinogradConvolution.TransformedTiles
    let gradientLayout: WinogradConvolution.TransformedTiles
    let inputs: UnsafeMutablePointer<Float>
    let gradients: UnsafeMutablePointer<Float>
    /// [36, vectors of inputs, outputs][16], a vector being sixteen inputs.
    let sums: UnsafeMutablePointer<Float>
    let scratch: WinogradConvolution.Scratch
    private let memory: Tensor

    /// Floats of the sums of sixteen inputs, and of one of the 36.
    private var sumVector: Int { gradientLayout.lanes * 256 }
    private var sumProduct: Int { inputLayout.lanes * sumVector + 16 }

    init(_ tiling: WinogradTiling, inputLanes: Int, outputLanes: Int) {
      self.tiling = tiling
      inputLayout = WinogradConvolution.TransformedTiles(lanes: inputLanes, tiles: tiling.tilesPerChunk)
      gradientLayout = WinogradConvolution.TransformedTiles(lanes: outputLanes, tiles: tiling.tilesPerChunk)
      let sumCount = WinogradTransform.products * (inputLanes * outputLanes * 256 + 16)
      memory = Tensor(
        uninitialized: [inputLayout.count + gradientLayout.count + sumCount + WinogradConvolution.Scratch.count(tiling)])
      inputs = memory.elements
      gradients = inputs + inputLayout.count
      sums = gradients + gradientLayout.count
      scratch = WinogradConvolution.Scratch(sums + sumCount)
    }

    /// Adds the products of some rows of tiles, or begins with them.
    func add(_ source: UnsafePointer<Float>, _ gradient: UnsafePointer<Float>, rows: Range<Int>, isFirst: Bool) {
      let scratch = scratch
      for vector in 0..<inputLayout.lanes {
        WinogradConvolution.writeInputs(
          source, tiling, rows: rows, vector: vector, scratch, to: inputs + vector * inputLayout.vector, inputLayout)
      }
      for vector in 0..<gradientLayout.lanes {
        WinogradConvolution.writeTiles(
          gradient, channels: tiling.sizes.outputs, margin: 0, tiling, rows: rows, vector: vector, scratch,
          to: gradients + vector * gradientLayout.vector, gradientLayout
        ) { WinogradTransform.outputGradient($0, to: $1, scratch: scratch.values) }
      }
      let strides = LaneProducts.Strides(row: 1, term: 16, lanes: inputLayout.vector, target: sumVector)
      for product in 0..<WinogradTransform.products {
        for vector in stride(from: 0, to: inputLayout.lanes, by: 2) {
          let lanes = inputs + product * inputLayout.product + vector * inputLayout.vector
          let target = sums + product * sumProduct + vector * sumVector
          for row in stride(from: 0, to: gradientLayout.lanes * 16, by: LaneProducts.rowCount) {
            let factors = gradients + product * gradientLayout.product + row / 16 * gradientLayout.vector + row % 16
            LaneProducts.multiply(
              vectors: min(2, inputLayout.lanes - vector), strides, runs: 1, adding: !isFirst, to: target + row * 16
            ) { _ in LaneProducts.Terms(factors: factors, lanes: lanes, count: rows.count * tiling.width) }
          }
        }
      }
    }

    /// The group's part of the gradient, shape [O, C, 3, 3]; zeros where the group has no tiles.
    func writeWeights(to target: UnsafeMutablePointer<Float>, isEmpty: Bool) {
      let (inputs, outputs) = (tiling.sizes.inputs, tiling.sizes.outputs)
      if isEmpty { return target.update(repeating: 0, count: outputs * inputs * 9) }
      let taps = scratch.values + WinogradTransform.scratchCount
      for output in 0..<outputs {
        for vector in 0..<inputLayout.lanes {
          WinogradTransform.weightGradient(
            WinogradTransform.Place(
              start: sums + vector * sumVector + output * 16, row: WinogradTransform.points * sumProduct, column: sumProduct),
            to: WinogradTransform.Place(start: taps, row: 48, column: 16), scratch: scratch.values)
          for lane in 0..<min(16, inputs - vector * 16) {
            let place = target + (output * inputs + vector * 16 + lane) * 9
            for tap in 0..<9 { place[tap] = taps[tap * 16 + lane] }
          }
        }
      }
    }
  }
}

import Accelerators
import CBLAS

/// What follows the convolution in a block, as one operation: x + drop₃(gate(W·drop₂(GELU(drop₁(v))) + bias)).
///
/// Shapes: v [B, C, L] (the convolution's output), W [2H, C], bias [2H], x [B, H, L]. The work is cut into tiles of a sample and a range of
/// steps; a tile runs through all steps of the formula while it is in the cache, so of all the intermediate results only the gate's input
/// [B, 2H, L] goes to memory. Tiles depend on the sizes alone, and each product runs on one BLAS thread, so bits do not depend on threads.
///
/// - Source: S4's block (GELU, Hendrycks and Gimpel, 2016; gate y = a·σ(g) of the first half a and the second half g of 2H channels, Dauphin
///   et al., 2017). Tested against the twin's single steps.
package enum GatedMixing {
  /// Masks before the activation, behind it, and on the branch.
  package struct Dropouts: Sendable {
    package let beforeActivation: Dropout.Cache
    package let afterActivation: Dropout.Cache
    package let onBranch: Dropout.Cache

    package init(beforeActivation: Dropout.Cache = .none, afterActivation: Dropout.Cache = .none, onBranch: Dropout.Cache = .none) {
      self.beforeActivation = beforeActivation
      self.afterActivation = afterActivation
      self.onBranch = onBranch
    }
  }

  /// Adds the branch to `residual` in place.
  ///
  /// - Parameter keepsGate: whether a backward pass follows.
  /// - Returns: the gate's input, or nil: 2H·L numbers a sample, tile after tile, which only `backward` reads.
  package static func forward(
    _ input: Tensor, weight: Tensor, bias: Tensor, dropouts: Dropouts, addingTo residual: Tensor, keepsGate: Bool
  ) -> Tensor? {
    let sizes = Sizes(input: input, weight: weight, bias: bias, residual: residual)
    if let program = Program.recording(input, weight) {
      return record(
        program, input, weight: weight, bias: bias, dropouts: dropouts, addingTo: residual, keepsGate: keepsGate)
    }
    let masks = Masks(dropouts)
    let preGate = keepsGate ? Tensor(uninitialized: sizes.preGateShape) : nil
    let (inputRows, residualRows, kept) = (Rows(input), Rows(residual), preGate.map { Shared($0.elements) })
    let (weights, biases) = (Shared(weight.elements), Shared(bias.elements))
    Parallel.forEach(sizes.tileCount) { index in
      let tile = sizes.tile(index)
      let count = tile.steps.count
      let scratchRows = sizes.inputs + 1 + (keepsGate ? 0 : 2 * sizes.width)
      let scratch = Tensor(uninitialized: [scratchRows * sizes.stride + Dropout.RowFactors.margin])
      defer { withExtendedLifetime(scratch) {} }
      let active = scratch.elements
      let factors = active + sizes.inputs * sizes.stride
      let mixed = kept.map { $0.pointer + sizes.preGateOffset(tile) } ?? factors + sizes.stride + Dropout.RowFactors.margin
      for channel in 0..<sizes.inputs {
        let number = tile.row(channel, of: sizes.inputs)
        VectorMath.prefetch(inputRows(tile, min(channel + 2, sizes.inputs - 1)), count: count)
        activate(inputRows(tile, channel), masks, number, tile.steps, factors, to: active + channel * sizes.stride)
      }
      for output in 0..<2 * sizes.width { (mixed + output * count).update(repeating: biases[output], count: count) }
      cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasNoTrans, Int32(2 * sizes.width), Int32(count), Int32(sizes.inputs), 1,
        weights.pointer, Int32(sizes.inputs), active, Int32(sizes.stride), 1, mixed, Int32(count))
      for channel in 0..<sizes.width {
        let values = mixed + channel * count
        let gates = values + sizes.width * count
        masks.onBranch?.write(row: tile.row(channel, of: sizes.width), steps: tile.steps, to: factors)
        VectorMath.prefetch(residualRows(tile, min(channel + 2, sizes.width - 1)), count: count)
        addGated(values, gates, masks.onBranch == nil ? nil : factors, count: count, to: residualRows(tile, channel))
      }
    }
    return preGate
  }

  /// target = drop₂(GELU(drop₁(v))).
  private static func activate(
    _ row: UnsafePointer<Float>, _ masks: Masks, _ number: Int, _ steps: Range<Int>, _ factors: UnsafeMutablePointer<Float>,
    to target: UnsafeMutablePointer<Float>
  ) {
    if let mask = masks.beforeActivation {
      mask.write(row: number, steps: steps, to: factors)
      VectorMath.map(row, factors, to: target, count: steps.count) { VectorMath.gelu($0 * $1) }
    } else {
      VectorMath.map(row, to: target, count: steps.count) { VectorMath.gelu($0) }
    }
    if let mask = masks.afterActivation {
      mask.write(row: number, steps: steps, to: factors)
      VectorMath.map(target, factors, to: target, count: steps.count) { $0 * $1 }
    }
  }

  /// target += values·σ(gates)·factors.
  private static func addGated(
    _ values: UnsafePointer<Float>, _ gates: UnsafePointer<Float>, _ factors: UnsafePointer<Float>?, count: Int,
    to target: UnsafeMutablePointer<Float>
  ) {
    var index = 0
    while index < count {
      let rest = count &- index
      var branch = VectorMath.load(values + index, count: rest) * VectorMath.sigmoid(VectorMath.load(gates + index, count: rest))
      if let factors { branch *= VectorMath.load(factors + index) }
      VectorMath.store(VectorMath.load(target + index, count: rest) + branch, to: target + index, count: rest)
      index &+= 16
    }
  }

  struct Masks: Sendable {
    let beforeActivation: Dropout.RowFactors?
    let afterActivation: Dropout.RowFactors?
    let onBranch: Dropout.RowFactors?

    init(_ dropouts: Dropouts) {
      beforeActivation = Dropout.rowFactors(dropouts.beforeActivation)
      afterActivation = Dropout.rowFactors(dropouts.afterActivation)
      onBranch = Dropout.rowFactors(dropouts.onBranch)
    }
  }

  struct Tile: Sendable {
    let sample: Int
    let steps: Range<Int>

    func row(_ channel: Int, of channelCount: Int) -> Int { sample * channelCount + channel }
  }

  struct Sizes: Sendable {
    let batch: Int
    /// C.
    let inputs: Int
    /// H.
    let width: Int
    let length: Int
    /// Steps of a tile, and the distance of its rows in scratch memory. Products of fewer columns are slower; with more, the rows of a
    /// usual width leave the second-level cache. Where the weights leave it anyway, more columns share the copy of them that BLAS makes.
    let stride: Int
    let tilesPerSample: Int

    var tileCount: Int { batch * tilesPerSample }

    init(input: Tensor, weight: Tensor, bias: Tensor, residual: Tensor) {
      precondition(
        input.shape.count == 3 && weight.shape.count == 2 && weight.shape[1] == input.shape[1] && weight.shape[0] % 2 == 0
          && bias.shape == [weight.shape[0]] && residual.shape == [input.shape[0], weight.shape[0] / 2, input.shape[2]],
        "GatedMixing: input \(input.shape), weight \(weight.shape), bias \(bias.shape), residual \(residual.shape)")
      batch = input.shape[0]
      inputs = input.shape[1]
      width = weight.shape[0] / 2
      length = input.shape[2]
      stride = inputs * width >= 1 << 18 ? 512 : 256
      tilesPerSample = (length + stride - 1) / stride
    }

    func tile(_ index: Int) -> Tile {
      let start = index % tilesPerSample * stride
      return Tile(sample: index / tilesPerSample, steps: start..<min(length, start + stride))
    }

    var preGateShape: [Int] { [batch, 2 * width * length] }

    /// Where a tile's part of the gate's input begins: 2H rows of as many numbers as the tile has steps, so that what is written and
    /// read together lies together.
    func preGateOffset(_ tile: Tile) -> Int { 2 * width * (tile.sample * length + tile.steps.lowerBound) }
  }

  /// The rows of a tensor [B, channels, L], as a plain pointer: counting references in every row would cost more than some of the rows.
  struct Rows: Sendable {
    private let elements: Shared<Float>
    private let channelCount: Int
    private let length: Int

    init(_ tensor: Tensor) {
      elements = Shared(tensor.elements)
      channelCount = tensor.shape[1]
      length = tensor.shape[2]
    }

    /// The tile's part of one row.
    func callAsFunction(_ tile: Tile, _ channel: Int) -> UnsafeMutablePointer<Float> {
      elements.pointer + (tile.sample * channelCount + channel) * length + tile.steps.lowerBound
    }
  }
}

/// The transformed weights of a convolution: [36, vectors of outputs, inputs][16], a vector being sixteen outputs.
struct WinogradWeights: Sendable {
  let values: Shared<Float>
  /// Inputs.
  let terms: Int
  /// Floats of one vector of outputs, and of one of the 36.
  var vector: Int { terms * 16 }
  let product: Int
  private let memory: Tensor

  /// - Parameters:
  ///   - weight: shape [O, C, 3, 3].
  ///   - turned: whether they lead from O to C channels, with taps in reverse order.
  ///   - sizes: of the convolution that is computed with them.
  init(_ weight: Tensor, turned: Bool, sizes: ConvolutionSizes) {
    let (inputs, outputs) = (sizes.inputs, sizes.outputs)
    let strides = sizes.weightStrides(turned: turned)
    let vectors = ConvolutionSizes.vectorCount(outputs)
    let product = vectors * inputs * 16 + 16
    memory = Tensor(uninitialized: [WinogradTransform.products * product])
    values = Shared(memory.elements)
    terms = inputs
    self.product = product
    let (source, target, count) = (Shared(weight.elements), values, weight.count)
    Parallel.forEachChunk(of: vectors * inputs, size: 64) { _, range in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: WinogradTransform.scratchCount + 16 * 16) { buffer in
        guard let scratch = buffer.baseAddress else { return }
        let taps = scratch + WinogradTransform.scratchCount
        for index in range {
          let first = index / inputs * 16
          let start = index % inputs * strides.input + first * strides.output
          LaneTransposition.transpose(scratch: scratch) { lane in
            let place = start + lane * strides.output
            return first + lane < outputs ? VectorMath.load(source.pointer + place, count: count - place) : .zero
          } store: { tap, lanes in
            if tap < 9 { VectorMath.store(lanes, to: taps + (turned ? 8 - tap : tap) * 16) }
          }
          WinogradTransform.weights(
            WinogradTransform.Place(start: taps, row: 48, column: 16),
            to: WinogradTransform.Place(start: target.pointer + index * 16, row: WinogradTransform.points * product, column: product),
            scratch: scratch)
        }
      }
    }
  }
}

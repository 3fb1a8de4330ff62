/// The weights of a convolution as its products read them: [k², vectors of outputs, inputs][16], a vector being sixteen outputs.
struct DirectWeights: Sendable {
  let values: Shared<Float>
  /// Floats of one vector of outputs, and of one tap.
  let vector: Int
  let tap: Int
  private let memory: Tensor

  /// - Parameters:
  ///   - weight: shape [O, C, k, k].
  ///   - turned: whether they lead from O to C channels, with taps in reverse order.
  ///   - sizes: of the convolution that is computed with them.
  init(_ weight: Tensor, turned: Bool, sizes: ConvolutionSizes) {
    let (inputs, taps) = (sizes.inputs, sizes.taps)
    let strides = sizes.weightStrides(turned: turned)
    let vectors = ConvolutionSizes.vectorCount(sizes.outputs)
    let (vector, tap) = (inputs * 16, vectors * inputs * 16)
    memory = Tensor(uninitialized: [taps * tap])
    values = Shared(memory.elements)
    self.vector = vector
    self.tap = tap
    let (source, target, count) = (Shared(weight.elements), values, weight.count)
    Parallel.forEachChunk(of: vectors * inputs, size: 64) { _, range in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: LaneTransposition.scratchCount) { buffer in
        guard let scratch = buffer.baseAddress else { return }
        for index in range {
          let first = index / inputs * 16
          let start = index % inputs * strides.input + first * strides.output
          for group in stride(from: 0, to: taps, by: 16) {
            LaneTransposition.transpose(scratch: scratch) { lane in
              let place = start + lane * strides.output + group
              return first + lane < sizes.outputs ? VectorMath.load(source.pointer + place, count: count - place) : .zero
            } store: { number, lanes in
              let number = group + number
              if number < taps {
                VectorMath.store(lanes, to: target.pointer + (turned ? taps - 1 - number : number) * tap + index * 16)
              }
            }
          }
        }
      }
    }
  }
}

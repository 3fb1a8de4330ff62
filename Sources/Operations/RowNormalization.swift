import Arrays

/// A norm that an operation applies while it reads the rows of its input, so that the normalised tensor is never written.
///
/// Row (sample b, channel h) becomes (x − mean)·inverse·scale[h] + shift[h], the same bits as the norms' own forward passes, and zero from
/// the sample's valid length on.
package struct RowNormalization: Sendable {
  package enum Statistics: Sendable {
    /// Mean and inverse deviation of each step, both [B, L].
    case perStep(LayerNormalization.Cache)
    /// Mean and inverse deviation of each channel, both [H].
    case perChannel(BatchNormalization.Cache)
  }

  private let statistics: Statistics?
  private let scale: Tensor?
  private let shift: Tensor?
  /// Valid steps of each sample; nil when all are full.
  private let lengths: [Int]?

  package init(_ statistics: Statistics, scale: Tensor, shift: Tensor, lengths: [Int]? = nil) {
    self.statistics = statistics
    self.scale = scale
    self.shift = shift
    self.lengths = lengths
  }

  /// Rows as they are, but zero behind `lengths`; nil if there is nothing to do.
  package init?(onlyPadding lengths: [Int]?) {
    guard let lengths else { return nil }
    statistics = nil
    scale = nil
    shift = nil
    self.lengths = lengths
  }

  /// The whole normalised tensor [B, H, L], for those that need it as one.
  package func applied(to input: Tensor) -> Tensor {
    let output = Tensor(uninitialized: input.shape)
    let (width, length) = (input.shape[1], input.shape[2])
    Parallel.forEach(input.shape[0] * width) { row in
      write(
        input.elements + row * length, sample: row / width, channel: row % width, count: length, to: output.elements + row * length)
    }
    return output
  }

  func write(_ row: UnsafePointer<Float>, sample: Int, channel: Int, count: Int, to target: UnsafeMutablePointer<Float>) {
    switch statistics {
    case .perStep(let cache):
      let (factor, offset) = (Lanes(repeating: scale!.elements[channel]), Lanes(repeating: shift!.elements[channel]))
      let (mean, inverse) = (cache.mean.elements + sample * count, cache.inverseDeviation.elements + sample * count)
      var index = 0
      while index < count {
        let rest = count &- index
        let centred = VectorMath.load(row + index, count: rest) - VectorMath.load(mean + index, count: rest)
        let normal = centred * VectorMath.load(inverse + index, count: rest)
        VectorMath.store(normal * factor + offset, to: target + index, count: rest)
        index &+= 16
      }
    case .perChannel(let cache):
      let (mean, inverse) = (cache.mean.elements[channel], cache.inverseDeviation.elements[channel])
      let (factor, offset) = (scale!.elements[channel], shift!.elements[channel])
      VectorMath.map(row, to: target, count: count) { ($0 - mean) * inverse * factor + offset }
    case nil: target.update(from: row, count: count)
    }
    if let valid = lengths?[sample] { (target + valid).update(repeating: 0, count: count - valid) }
  }
}

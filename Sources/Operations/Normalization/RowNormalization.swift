import Accelerators

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

  let statistics: Statistics?
  let scale: Tensor?
  let shift: Tensor?
  /// Valid steps of each sample; nil when all are full.
  let lengths: Integers?

  package init(_ statistics: Statistics, scale: Tensor, shift: Tensor, lengths: Integers? = nil) {
    self.statistics = statistics
    self.scale = scale
    self.shift = shift
    self.lengths = lengths
  }

  /// Rows as they are, but zero behind `lengths`; nil if there is nothing to do.
  package init?(onlyPadding lengths: Integers?) {
    guard let lengths else { return nil }
    statistics = nil
    scale = nil
    shift = nil
    self.lengths = lengths
  }

  /// The whole normalised tensor [B, H, L], for those that need it as one.
  package func applied(to input: Tensor) -> Tensor {
    if let program = Program.recording(input) { return Tensor(record(program, input.value(in: program))) }
    let output = Tensor(uninitialized: input.shape)
    let (width, length) = (input.shape[1], input.shape[2])
    let rows = Rows(self, length: length)
    let (source, target) = (Shared(input.elements), Shared(output.elements))
    Parallel.forEach(input.shape[0] * width) { row in
      rows.write(
        source.pointer + row * length, sample: row / width, channel: row % width, steps: 0..<length, to: target.pointer + row * length)
    }
    return output
  }

  /// The norm as plain pointers, valid while the norm lives: counting references in every row costs time.
  struct Rows: @unchecked Sendable {
    private enum Statistics {
      case none
      case perStep(mean: UnsafePointer<Float>, inverseDeviation: UnsafePointer<Float>)
      case perChannel(mean: UnsafePointer<Float>, inverseDeviation: UnsafePointer<Float>)
    }

    private let owner: RowNormalization
    private let lengths: [Int32]?
    private let statistics: Statistics
    private let scale: UnsafePointer<Float>?
    private let shift: UnsafePointer<Float>?
    private let length: Int

    init(_ owner: RowNormalization, length: Int) {
      self.owner = owner
      lengths = owner.lengths?.values
      self.length = length
      statistics =
        switch owner.statistics {
        case .perStep(let cache): .perStep(mean: cache.mean.elements, inverseDeviation: cache.inverseDeviation.elements)
        case .perChannel(let cache): .perChannel(mean: cache.mean.elements, inverseDeviation: cache.inverseDeviation.elements)
        case nil: .none
        }
      scale = owner.scale.map { UnsafePointer($0.elements) }
      shift = owner.shift.map { UnsafePointer($0.elements) }
    }

    /// Normalises a part of one row.
    ///
    /// - Parameters:
    ///   - row: the whole row, L steps.
    ///   - target: the first of `steps` goes there.
    func write(
      _ row: UnsafePointer<Float>, sample: Int, channel: Int, steps: Range<Int>, to target: UnsafeMutablePointer<Float>
    ) {
      let (source, count) = (row + steps.lowerBound, steps.count)
      switch statistics {
      case .perStep(let mean, let inverse):
        let place = sample * length + steps.lowerBound
        normalize(source, mean + place, inverse + place, channel: channel, count: count, to: target)
      case .perChannel(let mean, let inverse):
        let (mean, inverse, factor, offset) = (mean[channel], inverse[channel], scale![channel], shift![channel])
        VectorMath.map(source, to: target, count: count) { ($0 - mean) * inverse * factor + offset }
      case .none: target.update(from: source, count: count)
      }
      if let valid = lengths.map({ Int($0[sample]) }), valid < steps.upperBound {
        let first = max(valid, steps.lowerBound)
        (target + (first - steps.lowerBound)).update(repeating: 0, count: steps.upperBound - first)
      }
    }

    private func normalize(
      _ row: UnsafePointer<Float>, _ mean: UnsafePointer<Float>, _ inverse: UnsafePointer<Float>, channel: Int, count: Int,
      to target: UnsafeMutablePointer<Float>
    ) {
      let (factor, offset) = (Lanes(repeating: scale![channel]), Lanes(repeating: shift![channel]))
      var index = 0
      while index < count {
        let rest = count &- index
        let centred = VectorMath.load(row + index, count: rest) - VectorMath.load(mean + index, count: rest)
        let normal = centred * VectorMath.load(inverse + index, count: rest)
        VectorMath.store(normal * factor + offset, to: target + index, count: rest)
        index &+= 16
      }
    }
  }
}

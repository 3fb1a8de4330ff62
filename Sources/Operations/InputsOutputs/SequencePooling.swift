import Accelerators
import Vocabulary

/// Reduces a sequence to one vector: [B, H, L] → [B, H], over the valid positions 0 ..< lengths[b] of each sample.
package enum SequencePooling {
  /// - Parameter lengths: B numbers in 1 ... L; nil when all sequences are full.
  package static func forward(_ input: Tensor, mode: Pooling, lengths: Integers?) -> Tensor {
    if let program = Program.recording(input) { return record(program, input, mode: mode, lengths: lengths) }
    let sizes = Sizes(input.shape, lengths: lengths)
    let output = Tensor(uninitialized: [sizes.batch, sizes.width])
    let source = Shared(input.elements)
    let target = Shared(output.elements)
    sizes.forEachRow { row, valid in
      let positions = mode.positions(valid)
      let values = source.pointer + row * sizes.length + positions.lowerBound
      target[row] = Float(VectorMath.sum(values, count: positions.count) { $0 } / Double(positions.count))
    }
    return output
  }

  /// The gradient of the input, shape [B, H, length]; zero at positions that do not count.
  package static func backward(outputGradient: Tensor, mode: Pooling, lengths: Integers?, length: Int) -> Tensor {
    precondition(outputGradient.shape.count == 2, "SequencePooling: gradient \(outputGradient.shape) is not [B, H]")
    if let program = Program.recording(outputGradient) {
      return recordBackward(program, outputGradient: outputGradient, mode: mode, lengths: lengths, length: length)
    }
    let inputGradient = Tensor(uninitialized: outputGradient.shape + [length])
    let sizes = Sizes(inputGradient.shape, lengths: lengths)
    let gradient = Shared(outputGradient.elements)
    let target = Shared(inputGradient.elements)
    sizes.forEachRow { row, valid in
      let values = target.pointer + row * length
      let positions = mode.positions(valid)
      values.update(repeating: 0, count: positions.lowerBound)
      (values + positions.lowerBound).update(repeating: Float(Double(gradient[row]) / Double(positions.count)), count: positions.count)
      (values + valid).update(repeating: 0, count: length - valid)
    }
    return inputGradient
  }

  /// Sets the positions behind `lengths` to zero in place; the backward pass is the same call on the gradient.
  ///
  /// - Parameter tensor: [B, H, L].
  package static func maskPadding(_ tensor: Tensor, lengths: Integers) {
    if let program = Program.recording(tensor) {
      return tensor.set(masked(tensor.value(in: program), lengths: lengths.value(in: program)))
    }
    let sizes = Sizes(tensor.shape, lengths: lengths)
    let target = Shared(tensor.elements)
    sizes.forEachRow { row, valid in
      (target.pointer + row * sizes.length + valid).update(repeating: 0, count: sizes.length - valid)
    }
  }

  private struct Sizes: Sendable {
    let batch: Int
    let width: Int
    let length: Int
    let lengths: [Int32]?

    init(_ shape: [Int], lengths: Integers?) {
      precondition(shape.count == 3 && shape[2] > 0, "SequencePooling: shape \(shape) is not [B, H, L] with L > 0")
      let lengths = lengths?.values
      if let lengths {
        precondition(
          lengths.count == shape[0] && lengths.allSatisfy { 1...shape[2] ~= Int($0) },
          "SequencePooling: lengths \(lengths) for shape \(shape)")
      }
      batch = shape[0]
      width = shape[1]
      length = shape[2]
      self.lengths = lengths
    }

    /// Calls `body` with each row of [B·H, L] and its number of valid positions.
    func forEachRow(_ body: @Sendable (_ row: Int, _ valid: Int) -> Void) {
      let rowsPerChunk = max(1, Parallel.elementChunk / length)
      Parallel.forEachChunk(of: batch * width, size: rowsPerChunk) { _, rows in
        for row in rows { body(row, lengths.map { Int($0[row / width]) } ?? length) }
      }
    }
  }
}

extension Pooling {
  /// Positions among 0 ..< `valid` whose mean is taken.
  func positions(_ valid: Int) -> Range<Int> {
    switch self {
    case .mean: 0..<valid
    case .meanOfSecondHalf: valid / 2..<valid
    case .last: valid - 1..<valid
    }
  }
}

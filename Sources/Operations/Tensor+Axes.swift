import Accelerators

/// Parts of a tensor along its first two axes.
extension Tensor {
  /// A handle to some of the slices along the first axis; both handles share them, in a program only if these are all.
  package func firstAxis(_ range: Range<Int>) -> Tensor {
    if isPartOfProgram { return range.count == shape[0] ? reshaped(shape) : rows(range) }
    let size = shape.dropFirst().reduce(1, *)
    return slice(from: range.lowerBound * size, [range.count] + shape.dropFirst())
  }

  /// A copy of some steps of each sample, [B, T, …] → [B, steps, …].
  package func steps(_ range: Range<Int>) -> Tensor {
    if let program = Program.recording(self) { return Tensor(value(in: program).slice(axis: 1, range)) }
    let result = Tensor(uninitialized: [shape[0], range.count] + shape.dropFirst(2))
    let size = shape.dropFirst(2).reduce(1, *)
    for sample in 0..<shape[0] {
      result.slice(from: sample * range.count * size, [range.count * size])
        .set(slice(from: (sample * shape[1] + range.lowerBound) * size, [range.count * size]))
    }
    return result
  }

  /// Overwrites the steps of each sample from `first` on by those of another tensor, [B, steps, …].
  package func setSteps(from first: Int, _ other: Tensor) {
    let (size, count) = (shape.dropFirst(2).reduce(1, *), other.shape[1])
    precondition(
      other.shape == [shape[0], count] + shape.dropFirst(2) && first + count <= shape[1], "Tensor: steps \(other.shape) into \(shape)")
    for sample in 0..<shape[0] {
      slice(from: (sample * shape[1] + first) * size, [count * size])
        .set(other.slice(from: sample * count * size, [count * size]))
    }
  }
}

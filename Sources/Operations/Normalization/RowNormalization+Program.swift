import Accelerators

extension RowNormalization {
  /// The normalised tensor in a program; its compiler joins this with what reads it.
  func record(_ program: Program, _ input: Value) -> Value {
    var rows = input
    if let statistics, let scale, let shift {
      let (mean, inverse, axes) =
        switch statistics {
        case .perStep(let cache): (cache.mean, cache.inverseDeviation, [0, 2])
        case .perChannel(let cache): (cache.mean, cache.inverseDeviation, [1])
        }
      func spread(_ tensor: Tensor, _ axes: [Int]) -> Value { tensor.value(in: program).broadcast(to: input.shape, axes: axes) }
      rows = (input - spread(mean, axes)) * spread(inverse, axes) * spread(scale, [1]) + spread(shift, [1])
    }
    return lengths.map { SequencePooling.masked(rows, lengths: $0.value(in: program)) } ?? rows
  }
}

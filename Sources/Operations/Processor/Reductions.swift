/// Sums over partial results in a fixed order.
enum Reductions {
  /// Adds the `count` slices along the first axis of `partials` to `total`, in order.
  static func addPartials(_ partials: Tensor, count: Int, to total: Tensor) {
    precondition(partials.count == count * total.count, "Reductions: partials \(partials.shape) for \(total.shape)")
    let source = Shared(partials.elements)
    let target = Shared(total.elements)
    Parallel.forEachChunk(of: total.count, size: 4096) { _, range in
      var index = range.lowerBound
      while index < range.upperBound {
        let rest = range.upperBound &- index
        var sum = VectorMath.load(target.pointer + index, count: rest)
        for part in 0..<count { sum += VectorMath.load(source.pointer + part * total.count + index, count: rest) }
        VectorMath.store(sum, to: target.pointer + index, count: rest)
        index &+= 16
      }
    }
  }
}

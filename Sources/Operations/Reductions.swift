import Arrays

/// Sums over partial results in a fixed order.
enum Reductions {
  /// Adds the `count` slices along the first axis of `partials` to `total`, in order.
  static func addPartials(_ partials: Tensor, count: Int, to total: Tensor) {
    precondition(partials.count == count * total.count, "Reductions: partials \(partials.shape) for \(total.shape)")
    let source = Shared(partials.elements)
    let target = Shared(total.elements)
    Parallel.forEachChunk(of: total.count, size: 4096) { _, range in
      for index in range {
        var sum = target[index]
        for part in 0..<count { sum += source[part * total.count + index] }
        target[index] = sum
      }
    }
  }
}

import Arrays

/// Sums in a fixed order: sixteen lanes along the row, then the lanes, then the tail.
enum Reductions {
  static func sum(_ row: UnsafeMutablePointer<Float>, count: Int) -> Float {
    var lanes = SIMD16<Float>(repeating: 0)
    let whole = count & ~15
    for start in stride(from: 0, to: whole, by: 16) { lanes += load16(row + start) }
    var total = lanes.sum()
    for index in whole..<count { total += row[index] }
    return total
  }

  static func dotProduct(_ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>, count: Int) -> Float {
    var lanes = SIMD16<Float>(repeating: 0)
    let whole = count & ~15
    for start in stride(from: 0, to: whole, by: 16) { lanes = lanes.addingProduct(load16(first + start), load16(second + start)) }
    var total = lanes.sum()
    for index in whole..<count { total += first[index] * second[index] }
    return total
  }

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

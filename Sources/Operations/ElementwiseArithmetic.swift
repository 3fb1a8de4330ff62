import Arrays

/// Sums and norms over whole tensors.
package enum ElementwiseArithmetic {
  /// first + second, as for residual connections.
  package static func sum(_ first: Tensor, _ second: Tensor) -> Tensor {
    let result = Tensor(uninitialized: first.shape)
    combine(first, second, into: result) { $0 + $1 }
    return result
  }

  /// target += other.
  package static func add(_ other: Tensor, into target: Tensor) {
    combine(target, other, into: target) { $0 + $1 }
  }

  /// target += factor · other.
  package static func add(_ other: Tensor, scaledBy factor: Float, into target: Tensor) {
    combine(target, other, into: target) { VectorMath.multiplyAdd($1, factor, $0) }
  }

  /// tensor *= factor.
  package static func scale(_ tensor: Tensor, by factor: Float) {
    combine(tensor, tensor, into: tensor) { values, _ in values * factor }
  }

  /// Σ x², added up in double precision.
  package static func squaredNorm(_ tensor: Tensor) -> Double {
    let values = Shared(tensor.elements)
    return Parallel.sum(over: tensor.count) { range in
      var sums = DoubleLanes.zero
      var index = range.lowerBound
      while index < range.upperBound {
        // Squares in double precision: those of large floats would overflow.
        let lanes = DoubleLanes(VectorMath.load(values.pointer + index, count: range.upperBound &- index))
        sums += lanes * lanes
        index &+= 16
      }
      return sums.total
    }
  }

  /// Whether no value is infinite or NaN.
  package static func allFinite(_ tensor: Tensor) -> Bool {
    let values = Shared(tensor.elements)
    // 0 · x is 0 for every finite x, else NaN.
    let zero = Parallel.sum(over: tensor.count) { range in
      VectorMath.sum(values.pointer + range.lowerBound, count: range.count) { $0 * 0 }
    }
    return zero == 0
  }

  @inline(always)
  private static func combine(
    _ first: Tensor, _ second: Tensor, into result: Tensor, _ operation: @escaping @Sendable (Lanes, Lanes) -> Lanes
  ) {
    precondition(
      first.shape == second.shape, "ElementwiseArithmetic: shapes \(first.shape) and \(second.shape) differ")
    let (left, right, target) = (Shared(first.elements), Shared(second.elements), Shared(result.elements))
    Parallel.forEachChunk(of: result.count, size: Parallel.elementChunk) { _, range in
      let start = range.lowerBound
      VectorMath.map(left.pointer + start, right.pointer + start, to: target.pointer + start, count: range.count, operation)
    }
  }
}

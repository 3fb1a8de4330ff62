import CProcessor

/// Loops over interleaved complex numbers, eight a vector.
///
/// Rows of samples and transforms may have any length; buffers of complex numbers reach to the next multiple of eight.
enum SpectralArithmetic {
  /// z = first + i·second, padded with zeros to `complexCount`.
  static func interleave(
    _ first: UnsafeMutablePointer<Float>, _ second: UnsafeMutablePointer<Float>?, count: Int, into pair: UnsafeMutablePointer<Float>,
    complexCount: Int
  ) {
    let whole = count & ~7
    var start = 0
    if let second {
      while start < whole {
        VectorMath.store(ssm_interleaved(load8(first + start), load8(second + start)), to: pair + 2 * start)
        start &+= 8
      }
    } else {
      while start < whole {
        VectorMath.store(ssm_interleaved(load8(first + start), .zero), to: pair + 2 * start)
        start &+= 8
      }
    }
    for step in whole..<count {
      pair[2 * step] = first[step]
      pair[2 * step + 1] = second?[step] ?? 0
    }
    (pair + 2 * count).update(repeating: 0, count: 2 * (complexCount - count))
  }

  /// first = Re z + factor·skipped.first and second = Im z + factor·skipped.second.
  static func separate(
    _ pair: UnsafeMutablePointer<Float>, adding skipped: LongConvolution.Rows, times factor: Float, to rows: LongConvolution.Rows,
    count: Int
  ) {
    let whole = count & ~7
    let factors = SIMD8<Float>(repeating: factor)
    var start = 0
    while start < whole {
      let vector = VectorMath.load(pair + 2 * start)
      store8(ssm_half_multiply_add(factors, load8(skipped.first + start), ssm_real_parts(vector)), rows.first + start)
      if let second = rows.second, let skippedSecond = skipped.second {
        store8(ssm_half_multiply_add(factors, load8(skippedSecond + start), ssm_imaginary_parts(vector)), second + start)
      }
      start &+= 8
    }
    for step in whole..<count {
      rows.first[step] = pair[2 * step].addingProduct(factor, skipped.first[step])
      if let second = rows.second, let skippedSecond = skipped.second {
        second[step] = pair[2 * step + 1].addingProduct(factor, skippedSecond[step])
      }
    }
  }

  /// a ← a·b.
  static func multiply(_ a: UnsafeMutablePointer<Float>, by b: UnsafeMutablePointer<Float>, complexCount: Int) {
    VectorMath.map(a, b, to: a, count: 2 * complexCount) { ssm_complex_product($0, $1) }
  }

  /// a ← a·conj(b).
  static func multiply(_ a: UnsafeMutablePointer<Float>, byConjugateOf b: UnsafeMutablePointer<Float>, complexCount: Int) {
    VectorMath.map(a, b, to: a, count: 2 * complexCount) { ssm_conjugate_product($1, $0) }
  }

  /// sum ← sum + conj(a)·b.
  static func addConjugateProduct(
    _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>, to sum: UnsafeMutablePointer<Float>, complexCount: Int
  ) {
    var start = 0
    while start < 2 * complexCount {
      let product = ssm_conjugate_product(VectorMath.load(a + start), VectorMath.load(b + start))
      VectorMath.store(VectorMath.load(sum + start) + product, to: sum + start)
      start &+= 16
    }
  }
}

@inline(always)
private func load8(_ pointer: UnsafePointer<Float>) -> SIMD8<Float> {
  UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<Float>.self)
}

@inline(always)
private func store8(_ vector: SIMD8<Float>, _ pointer: UnsafeMutablePointer<Float>) {
  UnsafeMutableRawPointer(pointer).storeBytes(of: vector, as: SIMD8<Float>.self)
}

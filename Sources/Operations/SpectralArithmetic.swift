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
    for start in stride(from: 0, to: whole, by: 8) {
      var vector = Lanes()
      vector.evenHalf = load8(first + start)
      if let second { vector.oddHalf = load8(second + start) }
      VectorMath.store(vector, to: pair + 2 * start)
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
    for start in stride(from: 0, to: whole, by: 8) {
      let vector = VectorMath.load(pair + 2 * start)
      store8(vector.evenHalf.addingProduct(factors, load8(skipped.first + start)), rows.first + start)
      if let second = rows.second, let skippedSecond = skipped.second {
        store8(vector.oddHalf.addingProduct(factors, load8(skippedSecond + start)), second + start)
      }
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
    for start in stride(from: 0, to: 2 * complexCount, by: 16) {
      let x = VectorMath.load(a + start)
      let y = VectorMath.load(b + start)
      var product = Lanes()
      product.evenHalf = (x.evenHalf * y.evenHalf).addingProduct(-x.oddHalf, y.oddHalf)
      product.oddHalf = (x.evenHalf * y.oddHalf).addingProduct(x.oddHalf, y.evenHalf)
      VectorMath.store(product, to: a + start)
    }
  }

  /// a ← a·conj(b).
  static func multiply(_ a: UnsafeMutablePointer<Float>, byConjugateOf b: UnsafeMutablePointer<Float>, complexCount: Int) {
    for start in stride(from: 0, to: 2 * complexCount, by: 16) {
      VectorMath.store(conjugateProduct(VectorMath.load(b + start), VectorMath.load(a + start)), to: a + start)
    }
  }

  /// sum ← sum + conj(a)·b.
  static func addConjugateProduct(
    _ a: UnsafeMutablePointer<Float>, _ b: UnsafeMutablePointer<Float>, to sum: UnsafeMutablePointer<Float>, complexCount: Int
  ) {
    for start in stride(from: 0, to: 2 * complexCount, by: 16) {
      let product = conjugateProduct(VectorMath.load(a + start), VectorMath.load(b + start))
      VectorMath.store(VectorMath.load(sum + start) + product, to: sum + start)
    }
  }

  /// conj(x)·y, lane by lane.
  @inline(always)
  private static func conjugateProduct(_ x: Lanes, _ y: Lanes) -> Lanes {
    var product = Lanes()
    product.evenHalf = (x.evenHalf * y.evenHalf).addingProduct(x.oddHalf, y.oddHalf)
    product.oddHalf = (x.evenHalf * y.oddHalf).addingProduct(-x.oddHalf, y.evenHalf)
    return product
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

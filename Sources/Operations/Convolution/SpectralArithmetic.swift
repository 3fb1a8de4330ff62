import CProcessor

/// Loops over interleaved complex numbers, eight a vector.
///
/// Rows of samples and transforms may have any length; buffers of complex numbers are whole vectors (`FourierTransform.bufferCount`).
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

  /// first = factor·Re z and second = factor·Im z.
  static func separate(_ pair: UnsafeMutablePointer<Float>, times factor: Float, to rows: LongConvolution.Rows, count: Int) {
    let whole = count & ~7
    var start = 0
    if let second = rows.second {
      while start < whole {
        let vector = VectorMath.load(pair + 2 * start) * factor
        store8(ssm_real_parts(vector), rows.first + start)
        store8(ssm_imaginary_parts(vector), second + start)
        start &+= 8
      }
    } else {
      while start < whole {
        store8(ssm_real_parts(VectorMath.load(pair + 2 * start) * factor), rows.first + start)
        start &+= 8
      }
    }
    for step in whole..<count {
      rows.first[step] = pair[2 * step] * factor
      rows.second?[step] = pair[2 * step + 1] * factor
    }
  }

  /// All bins of a real signal's transform from those at 0 … count/2, each plus a number: the others are conjugates.
  static func unfold(
    _ half: UnsafePointer<Float>, adding shift: Float = 0, to bins: UnsafeMutablePointer<Float>, count: Int
  ) {
    for bin in 0...count / 2 {
      bins[2 * bin] = half[2 * bin] + shift
      bins[2 * bin + 1] = half[2 * bin + 1]
    }
    for bin in count / 2 + 1..<count {
      bins[2 * bin] = bins[2 * (count - bin)]
      bins[2 * bin + 1] = -bins[2 * (count - bin) + 1]
    }
  }

  /// Half of the sum of each bin 0 … count/2 and its mirror's conjugate, times a factor: the transform of the signal's real part.
  static func fold(_ bins: UnsafePointer<Float>, times factor: Float, to half: UnsafeMutablePointer<Float>, count: Int) {
    let scale = 0.5 * factor
    (half[0], half[1]) = (factor * bins[0], 0)
    for bin in 1..<count / 2 + 1 {
      let mirror = count - bin
      half[2 * bin] = scale * (bins[2 * bin] + bins[2 * mirror])
      half[2 * bin + 1] = scale * (bins[2 * bin + 1] - bins[2 * mirror + 1])
    }
  }

  /// The sum over all bins of what `fold` left: `count` times the signal at 0.
  static func total(_ half: UnsafePointer<Float>, count: Int) -> Float {
    var sum = 0.0
    for bin in 1..<max(1, (count + 1) / 2) { sum += 2 * Double(half[2 * bin]) }
    return Float(sum + Double(half[0]) + (count.isMultiple(of: 2) ? Double(half[count]) : 0))
  }

  /// product = a·b.
  static func multiply(
    _ a: UnsafeMutablePointer<Float>, by b: UnsafeMutablePointer<Float>, to product: UnsafeMutablePointer<Float>, complexCount: Int
  ) {
    VectorMath.map(a, b, to: product, count: 2 * complexCount) { ssm_complex_product($0, $1) }
  }

  /// Both products of a gradient's spectrum g: correlation += conj(input)·g, and result = conj(kernel)·g or, but for the first kernel,
  /// result += conj(kernel)·g.
  static func correlate(
    _ gradient: UnsafeMutablePointer<Float>, input: UnsafeMutablePointer<Float>, addingTo correlation: UnsafeMutablePointer<Float>,
    kernel: UnsafeMutablePointer<Float>, to result: UnsafeMutablePointer<Float>, isFirst: Bool, complexCount: Int
  ) {
    var start = 0
    while start < 2 * complexCount {
      let values = VectorMath.load(gradient + start)
      let correlated = ssm_conjugate_product(VectorMath.load(input + start), values)
      VectorMath.store(VectorMath.load(correlation + start) + correlated, to: correlation + start)
      let product = ssm_conjugate_product(VectorMath.load(kernel + start), values)
      VectorMath.store(isFirst ? product : VectorMath.load(result + start) + product, to: result + start)
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

/// Complex numbers and discrete Fourier transforms along the last axis.
extension Value {
  /// Complex numbers of real and imaginary parts.
  package static func complex(_ real: Value, _ imaginary: Value) -> Value {
    precondition(
      real.shape == imaginary.shape && real.type == imaginary.type, "Value: complex of \(real.text) and \(imaginary.text)")
    let type: ElementType = real.type == .float64 ? .complex128 : .complex64
    return real.binary("complex", imaginary, to: type)
  }

  package var real: Value { unary("real", to: partType) }
  package var imaginary: Value { unary("imag", to: partType) }
  package var conjugate: Value { Self.complex(real, -imaginary) }

  private var partType: ElementType { type == .complex128 ? .float64 : .float32 }

  /// Bins 0 … n/2 of real numbers, n of the last axis.
  package var realTransform: Value {
    let length = shape[shape.count - 1]
    return transform("RFFT", length, to: shape.dropLast() + [length / 2 + 1], type == .float64 ? .complex128 : .complex64)
  }

  /// The real numbers of which these are the bins 0 … n/2, divided by n.
  package func inverseRealTransform(length: Int) -> Value { transform("IRFFT", length, to: shape.dropLast() + [length], partType) }

  /// All bins of complex numbers.
  package var complexTransform: Value { transform("FFT", shape[shape.count - 1], to: shape, type) }

  /// The way back, divided by n.
  package var inverseComplexTransform: Value { transform("IFFT", shape[shape.count - 1], to: shape, type) }

  private func transform(_ kind: String, _ length: Int, to shape: [Int], _ type: ElementType) -> Value {
    // The transformed axis has to lie last.
    let own = Self.places(for: [self])
    let places = Self.ranks(own.dropLast()) + [own.count - 1]
    let array = array(places)
    return Value(
      array.changed("fft", ", type = \(kind), length = [\(length)]", to: array.shape.dropLast() + shape.suffix(1), type), places: places)
  }
}

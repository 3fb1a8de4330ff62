/// The type of the numbers of an array on a device, by its name in StableHLO.
package enum ElementType: String, Sendable, Hashable, CaseIterable {
  case float32 = "f32"
  case float64 = "f64"
  case int32 = "i32"
  case int64 = "i64"
  case uint32 = "ui32"
  case uint64 = "ui64"
  case boolean = "i1"
  /// Pairs of `float32`, real part first.
  case complex64 = "complex<f32>"
  /// Pairs of `float64`, real part first.
  case complex128 = "complex<f64>"

  /// Bytes of a number.
  package var byteCount: Int {
    switch self {
    case .boolean: 1
    case .float32, .int32, .uint32: 4
    case .float64, .int64, .uint64, .complex64: 8
    case .complex128: 16
    }
  }
}

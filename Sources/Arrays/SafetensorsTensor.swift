import Foundation
import RunSupport

/// One named array of a safetensors file, converted when asked for.
package struct SafetensorsTensor: Sendable {
  /// Element types by the format's own names; multi-byte values are little-endian.
  package enum ElementType: String, Sendable, CaseIterable {
    case float64 = "F64"
    case float32 = "F32"
    case int64 = "I64"
    case int32 = "I32"
    case int16 = "I16"
    case int8 = "I8"
    case uint32 = "U32"
    case uint16 = "U16"
    case uint8 = "U8"
    case boolean = "BOOL"

    package var byteCount: Int {
      switch self {
      case .int8, .uint8, .boolean: 1
      case .int16, .uint16: 2
      case .float32, .int32, .uint32: 4
      case .float64, .int64: 8
      }
    }
  }

  package let name: String
  package let elementType: ElementType
  /// Sizes from the slowest axis to the fastest; empty for a single number.
  package let shape: [Int]
  /// The values, indices from 0: a window into the file itself.
  package let data: Data

  /// The product of `shape`.
  package var count: Int { data.count / elementType.byteCount }

  /// All values as Double; exact except for 64-bit integers beyond 2⁵³.
  package func doubles() throws -> [Double] {
    switch elementType {
    case .float64: load(Double.self)
    case .float32: load(Float.self).map(Double.init)
    default: try integers().map(Double.init)
    }
  }

  /// All values as Float, rounded to nearest.
  package func floats() throws -> [Float] {
    switch elementType {
    case .float32: load(Float.self)
    case .float64: load(Double.self).map { Float($0) }
    default: try integers().map { Float($0) }
    }
  }

  /// All values of a tensor of integers or truth values (0 or 1).
  ///
  /// - Throws: `StageError` (`badData`) if it holds floating-point numbers.
  package func integers() throws -> [Int] {
    switch elementType {
    case .int64: return load(Int64.self).map(Int.init)
    case .int32: return load(Int32.self).map(Int.init)
    case .int16: return load(Int16.self).map(Int.init)
    case .int8: return load(Int8.self).map(Int.init)
    case .uint32: return load(UInt32.self).map(Int.init)
    case .uint16: return load(UInt16.self).map(Int.init)
    case .uint8, .boolean: return load(UInt8.self).map(Int.init)
    case .float64, .float32:
      throw StageError(
        .badData, "a tensor has the wrong element type", where: "tensor \(name)",
        why: "it holds \(elementType.rawValue), but integers are needed", fix: "check that this is the right file")
    }
  }

  private func load<Element: BitwiseCopyable>(_ type: Element.Type) -> [Element] {
    Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      data.copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }
}

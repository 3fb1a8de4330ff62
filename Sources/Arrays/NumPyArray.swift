import Foundation
import RunSupport

/// A dense array of one of the element types that prepared data use, in row-major order.
package struct NumPyArray: Sendable, Equatable {
  /// Element types by NumPy's own description; multi-byte values are little-endian.
  package enum ElementType: String, Sendable, CaseIterable {
    case float32 = "<f4"
    case float64 = "<f8"
    case int8 = "|i1"
    case uint8 = "|u1"
    case int16 = "<i2"
    case uint16 = "<u2"
    case int32 = "<i4"
    case int64 = "<i8"

    package var byteCount: Int {
      switch self {
      case .int8, .uint8: 1
      case .int16, .uint16: 2
      case .float32, .int32: 4
      case .float64, .int64: 8
      }
    }
  }

  package let elementType: ElementType
  /// Sizes from the slowest axis to the fastest; empty for a single number.
  package let shape: [Int]
  /// The values, indices from 0; of a file that was read, a window into the file itself.
  package let data: Data

  /// The product of `shape`.
  package var count: Int { data.count / elementType.byteCount }

  /// - Precondition: `values.count` is the product of `shape`.
  package init<Element: NumPyElement>(_ values: [Element], shape: [Int]) {
    precondition(values.count == shape.reduce(1, *), "NumPyArray: \(values.count) values for shape \(shape)")
    self.init(Element.numPyType, shape: shape, data: values.withUnsafeBytes { Data($0) })
  }

  /// - Precondition: `data` holds exactly the product of `shape` elements.
  init(_ elementType: ElementType, shape: [Int], data: Data) {
    precondition(data.count == shape.reduce(elementType.byteCount, *), "NumPyArray: \(data.count) bytes for shape \(shape)")
    self.elementType = elementType
    self.shape = shape
    self.data = data
  }

  /// A copy of all values in row-major order.
  ///
  /// - Throws: `StageError` (`badData`) if the array holds another element type.
  package func values<Element: NumPyElement>(as type: Element.Type) throws -> [Element] {
    guard Element.numPyType == elementType else {
      throw StageError(
        .badData, "an array has the wrong element type", where: "shape \(shape)",
        why: "it holds \(elementType), but \(Element.numPyType) is needed", fix: "make the file again with its preparation tool")
    }
    return Array(unsafeUninitializedCapacity: count) { buffer, initialized in
      data.copyBytes(to: UnsafeMutableRawBufferPointer(buffer))
      initialized = count
    }
  }
}

/// Swift types that can be elements of a `NumPyArray`.
package protocol NumPyElement: BitwiseCopyable {
  static var numPyType: NumPyArray.ElementType { get }
}

extension Float: NumPyElement { package static var numPyType: NumPyArray.ElementType { .float32 } }
extension Double: NumPyElement { package static var numPyType: NumPyArray.ElementType { .float64 } }
extension Int8: NumPyElement { package static var numPyType: NumPyArray.ElementType { .int8 } }
extension UInt8: NumPyElement { package static var numPyType: NumPyArray.ElementType { .uint8 } }
extension Int16: NumPyElement { package static var numPyType: NumPyArray.ElementType { .int16 } }
extension UInt16: NumPyElement { package static var numPyType: NumPyArray.ElementType { .uint16 } }
extension Int32: NumPyElement { package static var numPyType: NumPyArray.ElementType { .int32 } }
extension Int64: NumPyElement { package static var numPyType: NumPyArray.ElementType { .int64 } }

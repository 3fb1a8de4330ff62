import Arrays
import Foundation

/// `values.npy` of 8-bit values, read record by record and without normalisation.
struct ByteRecords {
  private let array: NumPyArray

  /// Nil if the array holds something else.
  init?(_ directory: String) throws {
    array = try NumPyFile.read((directory as NSString).appendingPathComponent("values.npy"))
    guard array.elementType == .uint8, array.shape.count == 3 else { return nil }
  }

  var count: Int { array.shape[0] }
  var length: Int { array.shape[1] }
  var channelCount: Int { array.shape[2] }

  /// Values of a record in its own order.
  func values(_ record: Int, from start: Int, count: Int) -> [UInt8] {
    let first = record * length * channelCount + start
    return [UInt8](array.data[first..<first + count])
  }
}

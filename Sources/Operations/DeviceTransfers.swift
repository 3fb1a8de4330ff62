import Accelerators
import Arrays

/// What goes to a device and comes back.
extension Device {
  package func upload(_ tensor: Tensor) throws -> DeviceBuffer { try upload(tensor.downloaded()) }

  package func upload(_ array: HostArray) throws -> DeviceBuffer {
    try array.withBytes { try upload($0, shape: array.shape, type: .float32) }
  }

  /// Whole numbers, [count].
  package func upload(_ numbers: [Int32]) throws -> DeviceBuffer { try upload(numbers, shape: [numbers.count], type: .int32) }

  package func upload(_ numbers: [UInt32]) throws -> DeviceBuffer { try upload(numbers, shape: [numbers.count], type: .uint32) }

  package func upload(_ numbers: [Double]) throws -> DeviceBuffer { try upload(numbers, shape: [numbers.count], type: .float64) }

  /// One number.
  package func upload(_ number: UInt64) throws -> DeviceBuffer { try upload([number], shape: [], type: .uint64) }

  private func upload<Number>(_ numbers: [Number], shape: [Int], type: ElementType) throws -> DeviceBuffer {
    try numbers.withUnsafeBytes { try upload($0, shape: shape, type: type) }
  }
}

extension DeviceBuffer {
  /// The numbers, once they are there.
  ///
  /// - Precondition: they are of type `float32`.
  package func floats() throws -> [Float] {
    precondition(type == .float32, "DeviceBuffer: numbers of type \(type)")
    var values = [Float](repeating: 0, count: shape.reduce(1, *))
    try values.withUnsafeMutableBytes { try download(into: $0) }
    return values
  }
}

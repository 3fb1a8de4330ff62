/// One file of the binary version: records of a label and the red, green and blue planes of a 32×32 image.
package struct CIFARBatch: Sendable {
  package static let imageSize = 32 * 32
  package static let recordSize = 1 + 3 * imageSize
  package static let classCount = 10

  package let name: String
  private let bytes: [UInt8]

  package var count: Int { bytes.count / Self.recordSize }

  /// - Precondition: whole records.
  init(name: String, bytes: [UInt8]) {
    precondition(bytes.count % Self.recordSize == 0, "CIFARBatch: \(bytes.count) bytes")
    self.name = name
    self.bytes = bytes
  }

  package func label(_ record: Int) -> UInt8 { bytes[record * Self.recordSize] }

  /// The image in 1024 gray values, row by row.
  package func gray(_ record: Int) -> [UInt8] {
    let red = record * Self.recordSize + 1
    return (0..<Self.imageSize).map { pixel in
      Grayscale.luma(red: bytes[red + pixel], green: bytes[red + Self.imageSize + pixel], blue: bytes[red + 2 * Self.imageSize + pixel])
    }
  }

  /// The image in 1024 × 3 values: red, green and blue of each pixel.
  ///
  /// - Parameter order: the pixel at each step; row by row if nil.
  package func colour(_ record: Int, order: [Int]? = nil) -> [UInt8] {
    let red = record * Self.recordSize + 1
    return (0..<3 * Self.imageSize).map { index in
      let (step, plane) = index.quotientAndRemainder(dividingBy: 3)
      return bytes[red + plane * Self.imageSize + (order?[step] ?? step)]
    }
  }
}

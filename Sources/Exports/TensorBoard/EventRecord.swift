/// One record of a TensorBoard event file: eight bytes with the length of a message, their checksum, the message, and its checksum.
package enum EventRecord {
  package static func bytes(of message: [UInt8]) -> [UInt8] {
    let length = littleEndian(UInt64(message.count))
    return length + littleEndian(CRC32C.masked(length)) + message + littleEndian(CRC32C.masked(message))
  }

  private static func littleEndian(_ number: some FixedWidthInteger) -> [UInt8] {
    (0..<number.bitWidth / 8).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}

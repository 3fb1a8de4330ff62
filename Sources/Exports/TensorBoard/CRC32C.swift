/// The checksum of TensorBoard's event files, over the Castagnoli polynomial.
///
/// - Source: RFC 3720, Appendix B.4, whose examples `EventRecordTests` checks.
package enum CRC32C {
  /// What a byte that is shifted out adds, for each of its values.
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0x82F6_3B78 : sum >> 1 }
  }

  package static func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in sum >> 8 ^ table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] }
  }

  /// The checksum as event files store it, turned and shifted so that a record of records keeps its own.
  ///
  /// - Source: TensorFlow's record format.
  static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
    let sum = checksum(bytes)
    return (sum >> 15 | sum << 17) &+ 0xA282_EAD8
  }
}

import Foundation

/// Makes WAV files (RIFF, PCM).
package enum WaveWriter {
  package static func file(_ samples: [Int16], rate: UInt32 = 16_000, channels: UInt16 = 1, bits: UInt16 = 16) -> Data {
    let size = UInt32(samples.count * 2)
    var file = Data("RIFF".utf8) + bytes(36 + size) + Data("WAVEfmt ".utf8) + bytes(UInt32(16)) + bytes(UInt16(1)) + bytes(channels)
    file += bytes(rate) + bytes(rate * UInt32(channels) * UInt32(bits / 8)) + bytes(channels * bits / 8) + bytes(bits)
    file += Data("data".utf8) + bytes(size)
    for sample in samples { file += bytes(UInt16(bitPattern: sample)) }
    return file
  }

  private static func bytes(_ value: some FixedWidthInteger) -> Data { withUnsafeBytes(of: value.littleEndian) { Data($0) } }
}

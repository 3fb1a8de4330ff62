import Arrays
import DatasetPreparation
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct PNGFileTests {
  private static func picture(width: Int, height: Int, channelCount: Int, seed: UInt64 = 1) -> Picture {
    var stream = RandomStream(seed: seed, purpose: .testing)
    let pixels = (0..<width * height * channelCount).map { _ in UInt8(stream.integer(below: 256)) }
    return Picture(width: width, height: height, channelCount: channelCount, pixels: pixels)
  }

  @Test("what is written is read back", arguments: [(1, 1, 1), (7, 5, 1), (32, 32, 3), (300, 2, 1), (1, 400, 3)])
  func roundTrip(width: Int, height: Int, channelCount: Int) throws {
    let picture = Self.picture(width: width, height: height, channelCount: channelCount)
    try PNGFile.write(picture, to: folder + "/new/a.png")
    #expect(try PNGFile.read(folder + "/new/a.png") == picture)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/new") == ["a.png"])
  }

  /// Files made with Python's struct and zlib after the PNG specification, and the pixels that they mean.
  private static let kinds: [(String, String, Picture)] = [
    (
      "gray 200 and 100, opaque and transparent",
      """
      89504e470d0a1a0a0000000d49484452000000020000000108040000005e2bb7010000000d4944415478da6338f13f85010006ea022ceb7b8a580000000049454e44\
      ae426082
      """, Picture(width: 2, height: 1, channelCount: 1, pixels: [200, 0])
    ),
    (
      "eight pixels of one bit",
      """
      89504e470d0a1a0a0000000d4948445200000008000000010100000000cb7bd2ee0000000a4944415478da6358000000a200a17105cb410000000049454e44ae426082
      """, Picture(width: 8, height: 1, channelCount: 1, pixels: [255, 0, 255, 0, 0, 0, 0, 0])
    ),
    (
      "a palette",
      """
      89504e470d0a1a0a0000000d4948445200000002000000010803000000c3fc8fb800000006504c54450a141e28323cd51bb4e90000000b4944415478da636064000000\
      05000242c2449f0000000049454e44ae426082
      """, Picture(width: 2, height: 1, channelCount: 3, pixels: [40, 50, 60, 10, 20, 30])
    ),
  ]

  @Test("transparency, single bits and palettes become gray or colour", arguments: kinds)
  func kind(name: String, hexadecimal: String, expected: Picture) throws {
    #expect(try PNGFile.decode(Self.bytes(hexadecimal), name: name) == expected)
  }

  @Test("a file that ends early, is something else or does not exist") func broken() throws {
    let file = [UInt8](try PNGFile.encode(Self.picture(width: 20, height: 20, channelCount: 1)))
    for length in [0, 7, 8, 20, 40, file.count / 2] {
      #expect(stageError { _ = try PNGFile.decode(Array(file.prefix(length)), name: "a.png") }?.code == .badData, "\(length) bytes")
    }
    let page = stageError { _ = try PNGFile.decode(Array("<html>".utf8), name: "a.png", advice: "fetch it again") }
    #expect(page?.why == "its first bytes are not those of a PNG file" && page?.remedy == "fetch it again")
    #expect(stageError { _ = try PNGFile.read("/nowhere/a.png") }?.code == .missingInput)
  }

  @Test("a small file that claims a gigantic picture is refused before memory is reserved") func bomb() throws {
    var file = [UInt8](try PNGFile.encode(Self.picture(width: 4, height: 4, channelCount: 1)))
    for (place, byte) in zip(16..<24, [0, 1, 0, 0, 0, 1, 0, 0]) { file[place] = UInt8(byte) }
    Self.correctChecksum(&file)
    let error = stageError { _ = try PNGFile.decode(file, name: "a.png") }
    #expect(error?.why == "it claims to have 65536×65536 pixels, at most 67108864 are read")
  }

  /// A chunk with its length and checksum.
  private static func chunk(_ kind: String, _ content: [UInt8], length: Int? = nil) -> [UInt8] {
    func number(_ value: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: value >> (24 - 8 * $0)) } }
    let body = Array(kind.utf8) + content
    return number(length ?? content.count) + body + number(Int(CyclicRedundancy.checksum(body)))
  }

  @Test("a chunk that states 2 GB is refused before libpng reserves them") func longChunks() throws {
    let picture = Self.picture(width: 20, height: 10, channelCount: 1)
    let file = [UInt8](try PNGFile.encode(picture))
    func inserting(_ chunk: [UInt8]) -> [UInt8] { Array(file[..<33]) + chunk + Array(file[33...]) }
    let text = Self.chunk("tEXt", Array("Title\0words".utf8))
    #expect(try PNGFile.decode(inserting(text), name: "a.png") == picture)
    let long = inserting(Self.chunk("tEXt", Array("Title\0words".utf8), length: 2_067_365_676))
    let rest = long.count - 33 - 12
    let error = stageError { _ = try PNGFile.decode(long, name: "a.png") }
    #expect(error?.why == "a chunk states 2067365676 bytes, the rest of the file has \(rest)")
  }

  private static func bytes(_ hexadecimal: String) -> [UInt8] {
    let digits = Array(hexadecimal.utf8).map { $0 < 58 ? $0 - 48 : $0 - 87 }
    return stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] }
  }

  @Test("PNG: damaged files are refused or read, never more", arguments: [1, 3]) func mutations(channelCount: Int) throws {
    let original = [UInt8](try PNGFile.encode(Self.picture(width: 9, height: 11, channelCount: channelCount)))
    var round = 0
    try Mutation.expectRefusals(600, of: original, rounds: 1200, cases: 2, seed: 5) { bytes in
      round += 1
      var file = bytes
      if round % 2 == 0, file.count > 33 { Self.correctChecksum(&file) }  // lets damage reach what lies behind it
      do {
        let picture = try PNGFile.decode(file, name: "a.png")
        #expect(picture.pixels.count == picture.width * picture.height * picture.channelCount)
      } catch let error as StageError {
        #expect(error.code == .badData)
        throw error
      }
    }
  }

  /// Makes the checksum of the header right.
  private static func correctChecksum(_ file: inout [UInt8]) {
    let checksum = CyclicRedundancy.checksum(Array(file[12..<29]))
    for place in 0..<4 { file[29 + place] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * place)) }
  }
}

/// The checksum of PNG chunks, bit by bit.
enum CyclicRedundancy {
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(0xFFFF_FFFF as UInt32) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { sum, _ in sum & 1 == 1 ? sum >> 1 ^ 0xEDB8_8320 : sum >> 1 }
    }
  }
}

import Arrays
import DatasetPreparation
import Foundation
import TestSupport
import Testing

@Suite struct JPEGFileTests {
  /// A tensor of `Tests/Fixtures/pillow/pictures.safetensors`, made by the script beside it.
  static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try tensor(name).data) }

  static func picture(_ name: String) throws -> Picture {
    let tensor = try tensor(name)
    return Picture(width: tensor.shape[1], height: tensor.shape[0], channelCount: 3, pixels: [UInt8](tensor.data))
  }

  private static func tensor(_ name: String) throws -> SafetensorsTensor {
    try SafetensorsFile(path: Fixtures.path("pillow/pictures.safetensors")).tensor(name)
  }

  @Test("pixels equal Pillow's, bit for bit", arguments: ["420", "444", "progressive", "gray"]) func equal(kind: String) throws {
    let decoded = try JPEGFile.decode(Self.bytes("jpeg-\(kind).file"), name: "a.jpg")
    #expect(try decoded == Self.picture("jpeg-\(kind).pixels"))
  }

  @Test("files that end early or are something else are refused") func damaged() throws {
    let file = try Self.bytes("jpeg-420.file")
    for length in [0, 1, 2, 20, file.count / 2, file.count - 2] {
      #expect(stageError { _ = try JPEGFile.decode(Array(file.prefix(length)), name: "a.jpg") }?.code == .badData, "\(length) bytes")
    }
    let page = stageError { _ = try JPEGFile.decode(Array("<html>".utf8), name: "a.jpg", advice: "fetch it again") }
    #expect(page?.why == "its first bytes are not those of a JPEG file" && page?.remedy == "fetch it again")
  }

  @Test("a small file that claims a gigantic picture is refused before memory is reserved") func bomb() throws {
    var file = try Self.bytes("jpeg-444.file")
    // The baseline frame header: FF C0, length, precision, height, width.
    let frame = try #require(file.indices.first { file[$0] == 0xFF && file[$0 + 1] == 0xC0 })
    file.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
    let error = stageError { _ = try JPEGFile.decode(file, name: "a.jpg") }
    #expect(error?.why == "it claims to have 65500×65500 pixels, at most 16777216 are read")
  }
}

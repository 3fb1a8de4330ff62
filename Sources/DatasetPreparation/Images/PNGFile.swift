import CPNG
import Foundation
import RunSupport

/// PNG files through libpng's simplified interface.
package enum PNGFile {
  /// Pictures of more pixels are refused before any memory is reserved: a file of a few bytes can claim billions.
  package static let pixelLimit = 1 << 26
  /// Length, kind and checksum.
  private static let chunkOverhead = 12
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// Reads a file.
  ///
  /// - Throws: `StageError`: `missingInput` if there is no such file, else as `decode`.
  package static func read(_ path: String) throws -> Picture {
    try decode([UInt8](InputFile.data(path, fix: "check the path")), name: path)
  }

  /// Decodes a whole file: palettes are resolved, 16 bits become 8, transparent pixels are laid on black.
  ///
  /// - Parameters:
  ///   - bytes: the content of the file.
  ///   - name: what errors call it.
  ///   - advice: the remedy of every failure.
  /// - Throws: `StageError` (`badData`) for anything but a whole PNG file of at most `pixelLimit` pixels.
  package static func decode(_ bytes: [UInt8], name: String, advice: String = "replace it by a whole file") throws -> Picture {
    func failure(_ why: String) -> StageError {
      StageError(.badData, "cannot read the picture \(name)", where: name, why: why, fix: advice)
    }
    guard bytes.starts(with: signature) else { throw failure("its first bytes are not those of a PNG file") }
    if let excess = excessiveChunk(of: bytes) { throw failure(excess) }
    var image = emptyImage()
    defer { png_image_free(&image) }
    return try bytes.withUnsafeBytes { file in
      guard png_image_begin_read_from_memory(&image, file.baseAddress, file.count) != 0 else { throw failure(message(of: &image)) }
      let (width, height) = (Int(image.width), Int(image.height))
      guard width > 0, height > 0, width <= pixelLimit / height else {
        throw failure("it claims to have \(width)×\(height) pixels, at most \(pixelLimit) are read")
      }
      let channelCount = image.format & PNG_FORMAT_FLAG_COLOR == 0 ? 1 : 3
      image.format = format(channelCount)
      var background = png_color(red: 0, green: 0, blue: 0)
      var pixels = [UInt8](repeating: 0, count: width * height * channelCount)
      guard png_image_finish_read(&image, &background, &pixels, Int32(width * channelCount), nil) != 0 else {
        throw failure(message(of: &image))
      }
      return Picture(width: width, height: height, channelCount: channelCount, pixels: pixels)
    }
  }

  /// What is wrong with a chunk's length, before libpng reserves and clears as much: a file of 403 bytes took 2 GB.
  private static func excessiveChunk(of bytes: [UInt8]) -> String? {
    var place = signature.count
    while place + chunkOverhead <= bytes.count {
      let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      let rest = bytes.count - place - chunkOverhead
      guard length <= rest else { return "a chunk states \(length) bytes, the rest of the file has \(rest)" }
      if bytes[place + 4..<place + 8].elementsEqual("IEND".utf8) { return nil }
      place += length + chunkOverhead
    }
    return nil
  }

  /// The bytes of a PNG file; equal pictures give equal bytes with the same libpng and zlib.
  ///
  /// - Throws: `StageError` (`internalBug`) if libpng refuses.
  package static func encode(_ picture: Picture) throws -> Data {
    var image = emptyImage()
    defer { png_image_free(&image) }
    image.width = UInt32(picture.width)
    image.height = UInt32(picture.height)
    image.format = format(picture.channelCount)
    // Compressed data are hardly larger than the pixels: a filter byte a row, 5 bytes a block of zlib, chunk headers.
    let rowSize = picture.width * picture.channelCount
    var size = (rowSize + 1) * picture.height * 101 / 100 + 4096
    var file = Data(count: size)
    let written = file.withUnsafeMutableBytes { target in
      png_image_write_to_memory(&image, target.baseAddress, &size, 0, picture.pixels, Int32(rowSize), nil) != 0
    }
    guard written else {
      throw StageError(
        .internalBug, "cannot encode a picture", where: "\(picture.width)×\(picture.height)×\(picture.channelCount)",
        why: message(of: &image), fix: "report this")
    }
    return file.prefix(size)
  }

  /// Writes a file atomically.
  ///
  /// - Throws: `StageError` (`inputOutput`).
  package static func write(_ picture: Picture, to path: String) throws {
    try AtomicFile.write(try encode(picture), to: path)
  }

  private static func emptyImage() -> png_image {
    var image = png_image()
    image.version = UInt32(PNG_IMAGE_VERSION)
    return image
  }

  private static func format(_ channelCount: Int) -> UInt32 { channelCount == 1 ? UInt32(PNG_FORMAT_GRAY) : PNG_FORMAT_FLAG_COLOR }

  private static func message(of image: inout png_image) -> String {
    withUnsafeBytes(of: &image.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

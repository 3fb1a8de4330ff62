import CTurboJPEG
import RunSupport

/// JPEG files through the TurboJPEG interface of libjpeg-turbo.
package enum JPEGFile {
  /// Pictures of more pixels are refused before any memory is reserved: a file of a few bytes can claim billions.
  package static let pixelLimit = 1 << 24

  /// Decodes a whole file to red, green and blue, with the accurate cosine transform that Pillow uses too.
  ///
  /// - Parameters:
  ///   - bytes: the content of the file.
  ///   - name: what errors call it.
  ///   - advice: the remedy of every failure.
  /// - Throws: `StageError` (`badData`) for anything but a whole, undamaged JPEG file of at most `pixelLimit` pixels.
  package static func decode(_ bytes: [UInt8], name: String, advice: String = "replace it by a whole file") throws -> Picture {
    func failure(_ why: String) -> StageError {
      StageError(.badData, "cannot read the picture \(name)", where: name, why: why, fix: advice)
    }
    guard bytes.starts(with: [0xFF, 0xD8]) else { throw failure("its first bytes are not those of a JPEG file") }
    guard let decoder = tjInitDecompress() else {
      throw StageError(.internalBug, "TurboJPEG cannot be started", where: name, why: message(nil), fix: "report this")
    }
    defer { tjDestroy(decoder) }
    var (width, height, subsampling, colours): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
    guard tjDecompressHeader3(decoder, bytes, UInt(bytes.count), &width, &height, &subsampling, &colours) == 0 else {
      throw failure(message(decoder))
    }
    guard width > 0, height > 0, Int(width) <= pixelLimit / Int(height) else {
      throw failure("it claims to have \(width)×\(height) pixels, at most \(pixelLimit) are read")
    }
    var pixels = [UInt8](repeating: 0, count: Int(width) * Int(height) * 3)
    let flags = TJFLAG_ACCURATEDCT | TJFLAG_LIMITSCANS
    guard tjDecompress2(decoder, bytes, UInt(bytes.count), &pixels, width, 0, height, Int32(TJPF_RGB.rawValue), flags) == 0 else {
      throw failure(message(decoder))
    }
    return Picture(width: Int(width), height: Int(height), channelCount: 3, pixels: pixels)
  }

  private static func message(_ decoder: tjhandle?) -> String {
    tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "unknown reason"
  }
}

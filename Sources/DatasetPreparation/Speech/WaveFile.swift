import CSndFile
import Foundation
import RunSupport

/// Audio files through libsndfile, read from memory.
package enum WaveFile {
  /// Decodes a whole file: one channel of 16-bit samples.
  ///
  /// - Parameters:
  ///   - bytes: the content of the file.
  ///   - sampleRate: the rate that it must have, in Hz.
  ///   - limit: most samples that make sense.
  ///   - name: what errors call it.
  ///   - advice: the remedy of every failure.
  /// - Throws: `StageError` (`badData`) for anything but a whole WAV file of this kind.
  package static func decode(
    _ bytes: [UInt8], sampleRate: Int, atMost limit: Int, name: String, advice: String
  ) throws -> [Int16] {
    func failure(_ why: String) -> StageError {
      StageError(.badData, "cannot read the sound \(name)", where: name, why: why, fix: advice)
    }
    return try bytes.withUnsafeBytes { content in
      var source = Source(content: content)
      return try withUnsafeMutablePointer(to: &source) { source in
        var callbacks = Source.callbacks
        var info = SF_INFO()
        guard let file = sf_open_virtual(&callbacks, Int32(SFM_READ), &info, source) else {
          throw failure("libsndfile says: \(String(cString: sf_strerror(nil)))")
        }
        defer { sf_close(file) }
        let pulseCode = SF_FORMAT_WAV | SF_FORMAT_PCM_16
        guard Int(info.format) == pulseCode, info.channels == 1, info.samplerate == sampleRate else {
          let format = String(UInt32(bitPattern: info.format), radix: 16)
          throw failure(
            "libsndfile's format \(format), \(info.channels) channels at \(info.samplerate) Hz; expected are 16-bit samples of one channel "
              + "at \(sampleRate) Hz")
        }
        guard info.frames > 0, info.frames <= limit else { throw failure("\(info.frames) samples, expected are 1 to \(limit)") }
        var samples = [Int16](repeating: 0, count: Int(info.frames))
        let count = sf_readf_short(file, &samples, info.frames)
        guard count == info.frames else { throw failure("it ends after \(count) of \(info.frames) samples") }
        return samples
      }
    }
  }

  /// Bytes in memory with a place in them, as libsndfile reads a file.
  private struct Source {
    let content: UnsafeRawBufferPointer
    var place = 0

    init(content: UnsafeRawBufferPointer) { self.content = content }

    static let callbacks = SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(Source.at($0).pointee.content.count) },
      seek: { offset, whence, context in Source.at(context).pointee.seek(by: Int(offset), from: whence) },
      read: { target, count, context in Source.at(context).pointee.read(Int(count), to: target) },
      write: { _, _, _ in 0 },
      tell: { sf_count_t(Source.at($0).pointee.place) })

    private static func at(_ context: UnsafeMutableRawPointer?) -> UnsafeMutablePointer<Source> {
      guard let context else { preconditionFailure("WaveFile: libsndfile passed no context") }
      return context.assumingMemoryBound(to: Source.self)
    }

    private mutating func seek(by offset: Int, from whence: Int32) -> sf_count_t {
      let start = whence == SEEK_CUR ? place : whence == SEEK_END ? content.count : 0
      let (target, overflow) = start.addingReportingOverflow(offset)
      guard !overflow, (0...content.count).contains(target) else { return -1 }
      place = target
      return sf_count_t(place)
    }

    private mutating func read(_ count: Int, to target: UnsafeMutableRawPointer?) -> sf_count_t {
      let count = max(0, min(count, content.count - place))
      if let target, let start = content.baseAddress, count > 0 { target.copyMemory(from: start + place, byteCount: count) }
      place += count
      return sf_count_t(count)
    }
  }
}

import Arrays
import Foundation

/// `values.npy`: records of equal length, normalised when they are gathered. The file is mapped; only the chosen rows are read.
struct ValueRecords: Sendable {
  let count: Int
  /// Steps of a stored record.
  private let length: Int
  /// Steps behind the stored ones, drawn at each visit.
  private let noiseStepCount: Int
  private let channelCount: Int
  /// Shape [records, length, channels].
  private let array: NumPyArray
  private let normalizer: Normalizer

  /// - Throws: `StageError` (`badData`) if shape, element type or normalisation do not fit the card, or a value is not finite.
  init(_ file: PreparedFile, card: DatasetCard) throws {
    array = try file.array("values.npy")
    noiseStepCount = card.noiseStepCount ?? 0
    length = card.sequenceLength - noiseStepCount
    channelCount = card.channelCount
    guard noiseStepCount >= 0, length > 0, channelCount > 0, array.shape.count == 3, array.shape[1] == length,
      array.shape[2] == channelCount
    else {
      throw file.damaged("values.npy", "its shape is \(array.shape), the card says [records, \(length), \(card.channelCount)]")
    }
    count = array.shape[0]
    guard [.uint8, .int16, .float32].contains(array.elementType) else {
      throw file.damaged("values.npy", "it holds \(array.elementType.rawValue), supported are |u1, <i2 and <f4")
    }
    normalizer = try Normalizer(file, card: card, storedLength: length)
    if let place = Self.badNumber(in: array) {
      let (record, rest) = place.quotientAndRemainder(dividingBy: length * channelCount)
      let (step, channel) = rest.quotientAndRemainder(dividingBy: channelCount)
      throw file.damaged(
        "values.npy", "record \(record) has one at step \(step), channel \(channel), all counted from 0", what: "holds a NaN or an infinity"
      )
    }
    try checkNormalization(file, card)
  }

  /// No value of a set lies further from its mean, not of 10¹² values with their own mean and deviation.
  private static let mostDeviations: Float = 1e6

  /// Whether the card's numbers turn bytes and the first record into something to learn from; a training would only show that it diverges.
  private func checkNormalization(_ file: PreparedFile, _ card: DatasetCard) throws {
    guard let rule = card.normalization, rule.isPerStep != true, count > 0 else { return }
    let what = "has a normalisation that fits no data"
    guard rule.scale.isNormal else { throw file.damaged("card.json", "normalization.scale is \(rule.scale)", what: what) }
    let (whole, record) = (length + noiseStepCount, gather([0], visit: .first).values())
    for channel in 0..<channelCount {
      let stored = record[channel * whole..<channel * whole + length]
      guard let wrong = (stored + normalizer.bytes(ofChannel: channel)).first(where: { !(abs($0) <= Self.mostDeviations) }) else {
        continue
      }
      throw file.damaged(
        "card.json",
        "normalization.scale \(rule.scale), mean \(rule.mean[channel]) and deviation \(rule.deviation[channel]) of channel \(channel) make "
          + "\(wrong) of a value", what: what)
    }
  }

  /// The place of the first number that is not finite, which a training would only show as a loss that is not either.
  private static func badNumber(in array: NumPyArray) -> Int? {
    guard array.elementType == .float32 else { return nil }
    return array.data.withUnsafeBytes { bytes in
      // The bits of an infinity's exponent.
      bytes.assumingMemoryBound(to: UInt32.self).firstIndex { $0 & 0x7F80_0000 == 0x7F80_0000 }
    }
  }

  /// Chosen records, shape [B, channels, length], noise behind it if the card says so.
  func gather(_ chosen: [Int], visit: Visit) -> HostArray {
    let whole = length + noiseStepCount
    return HostArray([chosen.count, channelCount, whole]) { values in
      guard let start = values.baseAddress else { return }
      array.data.withUnsafeBytes { bytes in
        for (row, record) in chosen.enumerated() {
          let first = record * length * channelCount
          for channel in 0..<channelCount {
            copy(
              bytes, from: first + channel, channel: channel, count: length, to: start + (row * channelCount + channel) * whole)
          }
          drawNoise(record: record, visit: visit, to: start + row * channelCount * whole + length)
        }
      }
    }
  }

  /// Writes some stored steps of a record, shape [channels, steps].
  ///
  /// - Precondition: `steps` lies within the stored ones, and no step has a normalisation of its own.
  func copy(record: Int, steps: Range<Int>, to target: UnsafeMutablePointer<Float>) {
    precondition(steps.lowerBound >= 0 && steps.upperBound <= length, "ValueRecords: steps \(steps) of \(length)")
    array.data.withUnsafeBytes { bytes in
      let first = (record * length + steps.lowerBound) * channelCount
      for channel in 0..<channelCount {
        copy(bytes, from: first + channel, channel: channel, count: steps.count, to: target + channel * steps.count)
      }
    }
  }

  private func copy(
    _ bytes: UnsafeRawBufferPointer, from first: Int, channel: Int, count: Int, to target: UnsafeMutablePointer<Float>
  ) {
    switch array.elementType {
    case .uint8: normalizer.copyBytes(bytes, from: first, channel: channel, count: count, to: target)
    case .int16:
      let values = bytes.assumingMemoryBound(to: Int16.self)
      normalizer.copy(channel: channel, count: count, to: target) { Double(values[first + $0 * channelCount]) }
    default:
      let values = bytes.assumingMemoryBound(to: Float.self)
      normalizer.copy(channel: channel, count: count, to: target) { Double(values[first + $0 * channelCount]) }
    }
  }

  /// Uniform on [0, 1) with 24 random bits, channel by channel.
  private func drawNoise(record: Int, visit: Visit, to start: UnsafeMutablePointer<Float>) {
    if noiseStepCount == 0 { return }
    var stream = visit.noise(record: record, count: channelCount * noiseStepCount)
    for channel in 0..<channelCount {
      let target = start + channel * (length + noiseStepCount)
      for step in 0..<noiseStepCount { target[step] = Float(stream.next() >> 40) * 0x1p-24 }
    }
  }
}

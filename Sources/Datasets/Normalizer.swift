/// (x·scale − mean) / deviation, with one mean and deviation for each channel, or for each step of each channel.
struct Normalizer: Sendable {
  private let scale: Double
  private let channelCount: Int
  /// Shape [channels], or [length, channels] per step.
  private let mean: [Double]
  private let deviation: [Double]
  private let isPerStep: Bool
  /// The normalised value of each byte, shape [channels, 256]; empty per step.
  private let table: [Float]

  /// - Throws: `StageError` (`badData`) if the rule does not fit the card's channels and steps.
  init(_ file: PreparedFile, card: DatasetCard, storedLength: Int) throws {
    let (scale, channels) = (card.normalization?.scale ?? 1, card.channelCount)
    let (mean, deviation): ([Double], [Double])
    isPerStep = card.normalization?.isPerStep == true
    if isPerStep {
      mean = try file.finiteNumbers("step-mean.npy", shape: [storedLength, channels]).map(Double.init)
      deviation = try file.finiteNumbers("step-deviation.npy", shape: [storedLength, channels]).map(Double.init)
    } else {
      mean = card.normalization?.mean ?? [Double](repeating: 0, count: channels)
      deviation = card.normalization?.deviation ?? [Double](repeating: 1, count: channels)
    }
    guard mean.count == deviation.count, isPerStep || mean.count == channels, deviation.allSatisfy({ $0 > 0 }) else {
      throw file.damaged("card.json", "normalisation needs \(channels) means and as many positive deviations")
    }
    table =
      isPerStep
      ? []
      : (0..<channels).flatMap { channel in
        (0..<256).map { Float((Double($0) * scale - mean[channel]) / deviation[channel]) }
      }
    (self.scale, channelCount, self.mean, self.deviation) = (scale, channels, mean, deviation)
  }

  /// The normalised values of all bytes; none per step.
  func bytes(ofChannel channel: Int) -> ArraySlice<Float> { isPerStep ? [] : table[channel * 256..<(channel + 1) * 256] }

  /// Normalises one channel of a record of bytes, every `channelCount`-th from `first`.
  func copyBytes(
    _ bytes: UnsafeRawBufferPointer, from first: Int, channel: Int, count: Int, to target: UnsafeMutablePointer<Float>
  ) {
    if isPerStep {
      return copy(channel: channel, count: count, to: target) { Double(bytes[first + $0 * channelCount]) }
    }
    table.withUnsafeBufferPointer { table in
      for step in 0..<count { target[step] = table[channel * 256 + Int(bytes[first + step * channelCount])] }
    }
  }

  /// Normalises one channel of a record whose values `value` reads by step.
  @inline(__always)
  func copy(channel: Int, count: Int, to target: UnsafeMutablePointer<Float>, _ value: (Int) -> Double) {
    for step in 0..<count {
      let index = isPerStep ? step * channelCount + channel : channel
      target[step] = Float((value(step) * scale - mean[index]) / deviation[index])
    }
  }
}

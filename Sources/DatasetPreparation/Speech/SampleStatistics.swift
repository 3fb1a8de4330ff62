import Arrays

/// Means and deviations of 16-bit samples, from sums of integers, so that the order of the records cannot matter.
enum SampleStatistics {
  /// Samples of 16 bits as numbers in [−1, 1).
  static let scale = 1.0 / 32768

  /// Σx and Σx² of one record.
  struct Sums: Sendable, Equatable {
    var sum: Int64 = 0
    var squareSum: Int64 = 0

    init(_ samples: [Int16]) {
      for sample in samples {
        sum += Int64(sample)
        squareSum += Int64(sample) * Int64(sample)
      }
    }
  }

  /// Mean and deviation of all samples of some records, each padded with zeros to `length`.
  ///
  /// - Returns: in units of the scaled samples; deviation 1 where nothing varies.
  static func overall(_ records: some Collection<Sums>, length: Int) -> (mean: Double, deviation: Double) {
    let count = Double(records.count * length)
    if count == 0 { return (0, 1) }
    let sum = records.reduce(0) { $0 + $1.sum }
    let squareSum = records.reduce(0) { $0 + $1.squareSum }
    let mean = Double(sum) / count
    let variance = max(0, Double(squareSum) / count - mean * mean)
    return (mean * scale, variance > 0 ? variance.squareRoot() * scale : 1)
  }

  /// At each step over some rows of a written array of shape [records, length, 1]; the deviation divides by n − 1, as PyTorch's does.
  ///
  /// - Parameter floor: added to each deviation.
  static func perStep(_ array: NumPyArray, records: [Int32], floor: Double) -> (mean: [Float], deviation: [Float]) {
    let length = array.shape[1]
    var sums = [Int64](repeating: 0, count: length)
    var squareSums = [Int64](repeating: 0, count: length)
    array.data.withUnsafeBytes { bytes in
      let samples = bytes.assumingMemoryBound(to: Int16.self)
      for record in records {
        let row = Int(record) * length
        for step in 0..<length {
          let sample = Int64(samples[row + step])
          sums[step] += sample
          squareSums[step] += sample * sample
        }
      }
    }
    let count = Double(max(1, records.count))
    let mean = sums.map { Double($0) / count }
    let deviation = zip(mean, squareSums).map { mean, squareSum in
      (max(0, Double(squareSum) - count * mean * mean) / max(1, count - 1)).squareRoot() * scale + floor
    }
    return (mean.map { Float($0 * scale) }, deviation.map { Float($0) })
  }
}

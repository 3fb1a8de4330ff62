import LinearAlgebra
import Documents
import Foundation

extension LinePlot {
  /// Decibels below the strongest frequency, from zero to half the sampling rate; of the first 2^n steps, at most 16,384.
  static func spectrum(_ values: [Double], title: String) -> LinePlot {
    var length = 1
    while length * 2 <= min(values.count, 16_384) { length *= 2 }
    let mean = values.prefix(length).reduce(0, +) / Double(length)
    let power = DiscreteFourierTransform(length: length).power(of: values.prefix(length).map { $0 - mean })
    let largest = max(power.max() ?? 0, .leastNormalMagnitude)
    return LinePlot(title: title, values: power.dropFirst().map { max(-100, 10 * log10(max($0 / largest, 1e-12))) })
  }
}

import Foundation

/// How far the error of pictures lies below their range: 10·log₁₀(1/MSE) in dB, for values from 0 to 1.
///
/// - Source: the usual definition, `peak_signal_noise_ratio` of scikit-image with a data range of 1.
package enum PeakSignalToNoiseRatio {
  /// - Parameter squaredError: the mean squared difference of two pictures; 0 where they are equal.
  /// - Returns: +∞ for equal pictures: a mean over several pictures must say what it takes in its place.
  package static func value(squaredError: Double) -> Double { -10 * log10(squaredError) }
}

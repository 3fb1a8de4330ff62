import ComplexModule

/// How much a function changes along a band of frequencies: the length of the polygon through its samples, in order.
///
/// The samples must be closer than the dampings of the poles, or resonances are cut short.
///
/// - Source: TFB (Yu et al., 2025), Section 3: frequency bias is how much a transfer function can vary in a band.
package enum TotalVariation {
  /// For each sample, the variation from there to the last one.
  package static func remaining(_ samples: [Complex<Double>]) -> [Double] {
    var lengths = samples.map { _ in 0.0 }
    for index in samples.indices.dropLast().reversed() {
      lengths[index] = lengths[index + 1] + (samples[index + 1] - samples[index]).length
    }
    return lengths
  }
}

/// The unit in which TFB's filter (1 + |frequency|)^β counts frequencies: what is raised to β at bin k of a transform of M points.
///
/// - Source: TFB (Yu et al., 2025), Section 4, and its three scripts.
package enum FilterWeighting: String, Codable, Sendable, CaseIterable {
  /// 1 + min(k, M − k)/M on M = 2L bins (Long Range Arena).
  case cyclesPerSample
  /// 1 + min(k, M − k)/10000.
  case binsOver10000
  /// 1 + k/10000 over the whole circle: bins of negative frequency get larger factors than their mirrors (waves, as released).
  case binsOver10000Unmirrored
  /// 1 + k/10000, the upper half counted back one bin too early (denoising, as released).
  case binsOver10000FlippedByOne

  package func base(bin: Int, of count: Int) -> Double { base(bin: Double(bin), of: Double(count)) }

  /// The base at any place of the circle, also between two bins.
  package func base(bin: Double, of count: Double) -> Double {
    switch self {
    case .cyclesPerSample: 1 + min(bin, count - bin) / count
    case .binsOver10000: 1 + min(bin, count - bin) / 10000
    case .binsOver10000Unmirrored: 1 + bin / 10000
    case .binsOver10000FlippedByOne: 1 + (2 * bin < count ? bin : count - 1 - bin) / 10000
    }
  }

  /// Whether a frequency and its opposite have the same factor.
  package var isSymmetric: Bool { self == .cyclesPerSample || self == .binsOver10000 }
}

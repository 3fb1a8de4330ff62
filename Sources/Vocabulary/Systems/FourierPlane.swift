/// Which angles of a damped Fourier system are stored.
package enum FourierPlane: String, Codable, Sendable, CaseIterable {
  /// [0, π): N/2 modes, each for a conjugate pair; the output is two times the real part.
  case half
  /// [0, 2π): N modes; the output is the real part.
  case full

  package var outputFactor: Double { self == .half ? 2 : 1 }

  /// Stored modes of a channel.
  ///
  /// - Parameter stateSize: N.
  package func modeCount(stateSize: Int) -> Int { self == .half ? stateSize / 2 : stateSize }
}

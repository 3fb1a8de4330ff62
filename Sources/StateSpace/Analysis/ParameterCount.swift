/// How many real numbers the state space part of one layer stores, by parameterisation; a complex parameter counts twice.
///
/// D is counted, once per channel and direction set as the variants store it; encoders, mixing maps and norms are not.
package enum ParameterCount {
  /// A [sources, N] complex, B [sources, N] complex or none, C [directions, H, N] complex, Δ [H], D [H].
  ///
  /// - Parameter poleSetCount: sets of poles; 1 ties them over all channels, H gives every channel its own.
  package static func diagonal(width: Int, modeCount: Int, directions: Int, poleSetCount: Int, hasInputWeights: Bool) -> Int {
    let poles = 2 * poleSetCount * modeCount * (hasInputWeights ? 2 : 1)
    return poles + 2 * directions * width * modeCount + 2 * width
  }

  /// A, C, Δ and D shaped as in `diagonal`, no B, β [H].
  package static func tunedFrequencyBias(width: Int, modeCount: Int, directions: Int, poleSetCount: Int) -> Int {
    diagonal(width: width, modeCount: modeCount, directions: directions, poleSetCount: poleSetCount, hasInputWeights: false) + width
  }

  /// h [directions, H, n] complex, Δt [directions, H], D [directions, H].
  package static func hankel(width: Int, parameterCount: Int, directions: Int) -> Int {
    directions * width * (2 * parameterCount + 2)
  }

  /// ξ [H], angles [H, N], B [H, N] complex or none, C [directions, H, N] complex, D [H].
  package static func discreteFourier(width: Int, modeCount: Int, directions: Int, hasInputWeights: Bool) -> Int {
    width * (2 + modeCount * (hasInputWeights ? 3 : 1) + 2 * directions * modeCount)
  }
}

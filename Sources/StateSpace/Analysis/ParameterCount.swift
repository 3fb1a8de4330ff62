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

  /// h [directions, H, n] complex, Δt [directions, H], D [directions, H].
  package static func hankel(width: Int, parameterCount: Int, directions: Int) -> Int {
    directions * width * (2 * parameterCount + 2)
  }
}

import Vocabulary

/// Angles Ω of discrete poles λ̄ = exp(−ξ/2 + iΩ), in radians per step.
///
/// - Source: DFouT (2025), Sections 4.2, 4.3 and Appendix C.6; for odd N on the half plane the paper has two readings, both are here.
package enum FourierAngles {
  /// The angles of a layer, shape [H][modes]: on the half plane N/2 modes share [0, π) as N modes share [0, 2π).
  ///
  /// - Parameter stateSize: N.
  /// - Returns: nil for `random`; these the caller draws, uniform on [0, 2π), because an angle and its opposite are the same mode.
  package static func layer(_ arrangement: FourierArrangement, plane: FourierPlane, stateSize: Int, width: Int) -> [[Double]]? {
    let modeCount = plane.modeCount(stateSize: stateSize)
    switch arrangement {
    case .synchronized:
      return plane == .half ? halfLayer(stateSize: stateSize, width: width) : layer(modeCount: stateSize, width: width)
    case .single: return Array(repeating: Array(single(modeCount: stateSize).prefix(modeCount)), count: width)
    case .token: return Array(repeating: token(modeCount: modeCount), count: width)
    case .random: return nil
    case .batched:
      let share = Double(modeCount) / Double(stateSize)
      return batched(modeCount: modeCount, width: width).map { $0.map { share * $0 } }
    }
  }

  /// 2πn/N, n = 0 ..< N: one system by itself.
  package static func single(modeCount: Int) -> [Double] {
    (0..<modeCount).map { 2 * .pi * Double($0) / Double(modeCount) }
  }

  /// 2πn/N + 2πh/(N·H), shape [H][N]: together the channels hold the even grid of N·H angles.
  package static func layer(modeCount: Int, width: Int) -> [[Double]] {
    (0..<width).map { channel in (0..<modeCount).map { grid($0 * width + channel, of: modeCount * width) } }
  }

  /// The layer's grid on [0, π) alone, shape [H][N/2]: for engines that store one pole of each conjugate pair.
  ///
  /// - Parameter stateSize: N; for odd N the last half mode is left out.
  package static func halfLayer(stateSize: Int, width: Int) -> [[Double]] {
    layer(modeCount: stateSize, width: width).map { Array($0.prefix(stateSize / 2)) }
  }

  /// ⌈N/2⌉ + 1 even steps from 0 to π, both included.
  package static func halfEven(stateSize: Int) -> [Double] {
    let last = (stateSize + 1) / 2
    return (0...last).map { .pi * Double($0) / Double(last) }
  }

  /// The ⌊N/2⌋ + 1 angles of `single` that do not pass π.
  package static func halfGrid(stateSize: Int) -> [Double] {
    Array(single(modeCount: stateSize).prefix(stateSize / 2 + 1))
  }

  /// 2π/n, n = 1 … N: the ablation S4D-Token.
  package static func token(modeCount: Int) -> [Double] {
    (1..<modeCount + 1).map { 2 * .pi / Double($0) }
  }

  /// The grid of N·H angles in contiguous blocks of N, shape [H][N]: the ablation S4D-Batched-DFouT.
  package static func batched(modeCount: Int, width: Int) -> [[Double]] {
    (0..<width).map { channel in (0..<modeCount).map { grid(channel * modeCount + $0, of: modeCount * width) } }
  }

  private static func grid(_ index: Int, of count: Int) -> Double { 2 * .pi * Double(index) / Double(count) }
}

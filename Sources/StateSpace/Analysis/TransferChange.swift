import ComplexModule
import Foundation

/// How far the transfer functions of two systems are apart: sup |G − G̃| on the unit circle, beside sup |G|.
///
/// Both are largest values on a grid: an even one of [0, π] and the angles of all poles of both systems; for HOPE an even one of the angles
/// that its Markov parameters see, which a small Δt gathers near 0. So they are never above the true ones.
package struct TransferChange: Sendable {
  /// ‖G − G̃‖∞.
  package let change: Double
  /// ‖G‖∞.
  package let norm: Double

  /// ‖G − G̃‖∞/‖G‖∞; nil where the system answers nothing, or a value is not finite.
  package var relative: Double? {
    let ratio = change / norm
    return ratio.isFinite ? ratio : nil
  }

  /// - Parameter pointCount: points of the even grid, at least 2.
  package init(from system: any LayerSystem, to other: any LayerSystem, pointCount: Int) throws {
    let grid = try [system, other].flatMap { try $0.angles(pointCount: pointCount) }
    let (before, after) = (try system.transferFunction(at: grid, .discrete), try other.transferFunction(at: grid, .discrete))
    norm = before.map(\.length).max() ?? 0
    change = zip(before, after).map { ($0 - $1).length }.max() ?? 0
  }
}

extension LayerSystem {
  /// Where the transfer function is looked at, in radians a step from 0 to π.
  fileprivate func angles(pointCount: Int) throws -> [Double] {
    let even = FrequencyGrid.even(0...Double.pi, pointCount: pointCount)
    if let system = self as? HankelSystem { return even.map { 2 * atan2(system.timestep * sin($0 / 2), cos($0 / 2)) } }
    return even + (try systemPoles().map { abs($0.discrete.phase) }.filter(\.isFinite))
  }
}

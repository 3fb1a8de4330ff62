import Arrays
import ComplexModule
import Foundation
import Operations
import StateSpace

/// An array of a model that defines its systems, as the numbers that it stands for: a row of it belongs to one system, or to several that
/// share it.
package enum SystemValues {
  /// λ = −exp(decay) ± i·frequency, both [S, N].
  case poles(decay: Parameter, frequency: Parameter)
  /// B, C or h: [rows, N, 2], perhaps with axes before.
  case complex(Parameter)
  /// Ω: [H, N].
  case angles(Parameter)
  /// ξ = exp(value), one number for a system: [H].
  case damping(Parameter)

  /// Changes every row by independent normals, complex ones where the numbers are, scaled to `size` times the norm of the row.
  ///
  /// - Parameters:
  ///   - size: of the change relative to the row, at least 0; ξ stays positive below 1.
  ///   - stream: equal streams give equal directions, whatever the size.
  /// - Returns: how many poles there are, and how many of them took another direction to stay in the left half plane.
  package func change(by size: Double, using stream: inout RandomStream) -> (poleCount: Int, turnedCount: Int) {
    guard size > 0 else { return (0, 0) }
    switch self {
    case .poles(let decay, let frequency): return changePoles(decay, frequency, by: size, using: &stream)
    case .complex(let parameter):
      let rowLength = 2 * parameter.value.shape[parameter.value.shape.count - 2]
      changeRows(of: parameter, length: rowLength) { row in
        let values = stride(from: 0, to: row.count, by: 2).map { Complex(row[$0], row[$0 + 1]) }
        return RelativeChange.values(values, by: size, along: Self.direction(values.count, using: &stream)).flatMap {
          [$0.real, $0.imaginary]
        }
      }
    case .angles(let parameter):
      changeRows(of: parameter, length: parameter.value.shape.last ?? 1) { Self.changed($0, by: size, using: &stream) }
    case .damping(let parameter):
      changeRows(of: parameter, length: 1) { Self.changed($0.map { exp($0) }, by: size, using: &stream).map { log($0) } }
    }
    return (0, 0)
  }

  private func changePoles(
    _ decay: Parameter, _ frequency: Parameter, by size: Double, using stream: inout RandomStream
  ) -> (poleCount: Int, turnedCount: Int) {
    let (decays, frequencies) = (Self.rows(of: decay), Self.rows(of: frequency))
    var (changed, turnedCount) = ([Complex<Double>](), 0)
    for (decays, frequencies) in zip(decays, frequencies) {
      let poles = zip(decays, frequencies).map { Complex(-exp($0), $1) }
      let direction = Self.direction(poles.count, using: &stream)
      let row = RelativeChange.poles(poles, by: size, along: direction, using: &stream)
      changed += row.poles
      turnedCount += row.turnedCount
    }
    decay.value.upload(changed.map { Float(log(-$0.real)) })
    frequency.value.upload(changed.map { Float($0.imaginary) })
    return (changed.count, turnedCount)
  }

  private func changeRows(of parameter: Parameter, length: Int, _ change: ([Double]) -> [Double]) {
    parameter.value.upload(Self.rows(of: parameter, length: length).flatMap(change).map { Float($0) })
  }

  private static func rows(of parameter: Parameter, length: Int? = nil) -> [[Double]] {
    let values = parameter.value.downloaded().values().map(Double.init)
    let length = length ?? parameter.value.shape.last ?? 1
    return stride(from: 0, to: values.count, by: length).map { Array(values[$0..<$0 + length]) }
  }

  /// Real numbers along real normals.
  private static func changed(_ values: [Double], by size: Double, using stream: inout RandomStream) -> [Double] {
    RelativeChange.values(values.map { Complex($0) }, by: size, along: values.map { _ in Complex(stream.normal()) }).map(\.real)
  }

  private static func direction(_ count: Int, using stream: inout RandomStream) -> [Complex<Double>] {
    (0..<count).map { _ in Complex(stream.normal(), stream.normal()) }
  }
}

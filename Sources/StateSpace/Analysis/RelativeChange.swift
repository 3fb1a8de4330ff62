import ComplexModule

/// Changes of the numbers that define a system, of a given size relative to them: ‖ṽ − v‖₂ = size·‖v‖₂.
///
/// - Source: the perturbations of HOPE (Yu et al., 2025), whose sizes and directions no source gives.
package enum RelativeChange {
  /// A direction scaled to a length; zero stays zero.
  package static func scaled(_ direction: [Complex<Double>], to length: Double) -> [Complex<Double>] {
    let norm = norm(direction)
    return norm > 0 ? direction.map { Complex(length / norm) * $0 } : direction
  }

  /// ‖v‖₂.
  package static func norm(_ values: [Complex<Double>]) -> Double { values.reduce(0) { $0 + $1.lengthSquared }.squareRoot() }

  /// The values changed along a direction.
  ///
  /// - Precondition: as many values as entries of the direction.
  package static func values(_ values: [Complex<Double>], by size: Double, along direction: [Complex<Double>]) -> [Complex<Double>] {
    precondition(values.count == direction.count, "RelativeChange: \(direction.count) directions for \(values.count) values")
    return zip(values, scaled(direction, to: size * norm(values))).map(+)
  }

  /// Continuous poles changed along a direction, all of them in the left half plane.
  ///
  /// A pole that the change would take to Re λ ≥ 0 keeps the size of its change and turns it to a random direction, drawn until the pole
  /// stays inside, which at least every second one does. So the whole change has its exact size, and what leads out of the half plane,
  /// where no parameterisation of S4D reaches, is left out.
  ///
  /// - Parameters:
  ///   - poles: λ, Re λ < 0.
  ///   - generator: gives the new directions.
  /// - Returns: the poles, and how many changes were turned.
  /// - Precondition: as many poles as entries of the direction.
  package static func poles(
    _ poles: [Complex<Double>], by size: Double, along direction: [Complex<Double>], using generator: inout some RandomNumberGenerator
  ) -> (poles: [Complex<Double>], turnedCount: Int) {
    var turnedCount = 0
    let changed = zip(poles, values(poles, by: size, along: direction)).map { pole, target in
      guard !(target.real < 0) else { return target }
      turnedCount += 1
      let length = (target - pole).length
      while true {
        let turned = pole + Complex(length: length, phase: .random(in: 0..<2 * .pi, using: &generator))
        if turned.real < 0 { return turned }
      }
    }
    return (changed, turnedCount)
  }
}

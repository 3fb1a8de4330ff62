import ComplexModule
import StateSpace

/// Poles and frequency responses of two systems that differ in damping alone: narrow peaks and wide ones at the angles of the poles.
///
/// - Source: DFOUT, Figure 2: N = 10 with conjugate symmetry, Δ = 0.1, Re λ = 0 and −½. The text does not give Im λ; here it is ±π, ±3π …
///   ±9π, whose angles Δ·Im λ spread evenly over the circle. C = 1 and B = 1.
struct FrequencyResponses: AnalyticResult {
  let name = "dfout-figure-2"
  let paper = AnalyticPaper.dfout
  let title = "DFOUT, Figure 2: frequency response, N = 10, Δ = 0.1"

  static let dampings = [0, 0.5]
  static let timestep = 0.1

  /// The stored poles, one of each pair.
  static func system(damping: Double) -> DiagonalSystem {
    let poles = (0..<5).map { Complex(-damping, .pi * Double(2 * $0 + 1)) }
    return DiagonalSystem(poles: poles, outputWeights: poles.map { _ in 1 }, timestep: timestep)
  }

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var poles = table("poles", columns: ["pole_real", "pole_imaginary", "angle_radians_per_step"])
    var response = table(columns: ["pole_real", "angle_radians_per_step", "magnitude", "decibels"])
    let count = context.sized(2000, tiny: 400)
    for damping in Self.dampings {
      let system = Self.system(damping: damping)
      for pole in system.poles + system.poles.map(\.conjugate) {
        poles.append(pole.real, pole.imaginary, Self.timestep * pole.imaginary)
      }
      // Between the steps of an even grid, because on the poles themselves the undamped response is infinite.
      let angles = (0..<count).map { .pi * (Double($0) + 0.5) / Double(count) }
      for (angle, value) in zip(angles, system.transferFunction(at: angles, .discrete)) {
        response.append(-damping, angle, value.length, 20 * .log10(value.length))
      }
    }
    return [poles, response]
  }
}

import ComplexModule
import StateSpace

/// Case 07: Hankel singular values of diagonal and dense systems; a question of theory, which no layer computes.
///
/// The case suggests no tolerance; its `…_scipy` tensors are what a common method reaches, and are not compared with.
enum HankelValuesCase: GoldenCase {
  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    guard case .twin = computation else { return [] }
    let tensors: [(HankelForm, String)] = [(.continuous, "hsv_ct"), (.bilinear, "hsv_bilinear"), (.zeroOrderHold, "hsv_zoh")]
    let isDiagonal = golden.has("A_diag")
    try golden.sizes(["B": "N 2", "C": "N 2", isDiagonal ? "A_diag" : "A": isDiagonal ? "N 2" : "N N", "dt": "1"])
    let (inputWeights, outputWeights) = (try golden.complex("B"), try golden.complex("C"))
    let timestep = try golden.reals("dt")[0]
    return try tensors.filter { golden.has($0.1) }.map { form, name in
      let values =
        if isDiagonal {
          try DiagonalSystem.hankelSingularValues(
            form, poles: try golden.complex("A_diag"), inputWeights: inputWeights, outputWeights: outputWeights, timestep: timestep)
        } else {
          try DenseSystem(
            stateEntries: try golden.reals("A").map { Complex($0) }, inputWeights: inputWeights, outputWeights: outputWeights
          ).hankelSingularValues(form, timestep: timestep)
        }
      return GoldenResult(name, values)
    }
  }
}

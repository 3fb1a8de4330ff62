import StateSpace
import Vocabulary

/// Case 06: initial poles; a question of theory, because models round them once and store them in forms of their own.
enum InitialPolesCase: GoldenCase {
  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    guard case .twin = computation else { return [] }
    let tensors: [(String, PoleInitialization)] = [("lin_A", .linear), ("inv_A", .inverse), ("legs_A", .legS), ("fout_A", .fourier)]
    var results: [GoldenResult] = []
    for (tensor, name) in tensors where golden.has(tensor) {
      results.append(
        GoldenResult(tensor, try InitialPoles.poles(name, stateSize: 2 * golden.sizes([tensor: "N 2"])["N"])))
    }
    if golden.has("legs_absB") {
      let size = 2 * (try golden.sizes(["legs_absB": "N"])["N"])
      results.append(GoldenResult("legs_absB", try InitialPoles.inputWeights(.legS, stateSize: size)?.map(\.length) ?? []))
    }
    if golden.has("hippo_legs_A") {
      let size = try golden.sizes(["hippo_legs_A": "N N"])["N"]
      results.append(GoldenResult("hippo_legs_A", HippoMatrices.legS(stateSize: size).stateMatrix.entries))
    }
    if golden.has("hippo_legs_B") {
      let size = try golden.sizes(["hippo_legs_B": "N"])["N"]
      results.append(GoldenResult("hippo_legs_B", HippoMatrices.legS(stateSize: size).inputWeights))
    }
    return results
  }
}

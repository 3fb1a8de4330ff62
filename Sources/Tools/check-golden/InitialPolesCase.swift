import StateSpace
import Vocabulary

/// Case 06: initial poles; computed in Double only, because models round them once and never compute with them in float32.
enum InitialPolesCase {
  static func check(_ golden: GoldenSubcase) throws {
    let tensors: [(String, PoleInitialization)] = [("lin_A", .linear), ("inv_A", .inverse), ("legs_A", .legS), ("fout_A", .fourier)]
    for (tensor, name) in tensors where golden.has(tensor) {
      try golden.compare(tensor, float64: InitialPoles.poles(name, stateSize: 2 * golden.sizes([tensor: "N 2"])["N"]))
    }
    if golden.has("legs_absB") {
      try golden.compare("legs_absB", float64: InitialPoles.legSInputWeightModuli(stateSize: 2 * golden.sizes(["legs_absB": "N"])["N"]))
    }
    if golden.has("hippo_legs_A") {
      let size = try golden.sizes(["hippo_legs_A": "N N"])["N"]
      try golden.compare("hippo_legs_A", float64: HippoMatrices.legS(stateSize: size).stateMatrix.entries)
    }
    if golden.has("hippo_legs_B") {
      try golden.compare("hippo_legs_B", float64: HippoMatrices.legS(stateSize: golden.sizes(["hippo_legs_B": "N"])["N"]).inputWeights)
    }
  }
}

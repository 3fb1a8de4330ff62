import SequenceModels
import StateSpace

/// Case 10: the moduli of the input weights from which S4D-LegS trains; those of the layers are read off their first values.
enum InputWeightsCase: GoldenCase {
  private static let tensor = "legs_absB_clipped"

  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let modeCount = try golden.sizes([tensor: "N"])["N"]
    switch computation {
    case .engine:
      let layer = KernelPair.diagonal(.full, .legS, stateSize: 2 * modeCount)
      let values = try KernelPair(layer: .diagonal(layer), width: 1).source([:]).parameters.reals("kernel.B")
      let pairs = stride(from: 0, to: values.count, by: 2).map { (values[$0], values[$0 + 1]) }
      return [GoldenResult(tensor, pairs.map { ($0 * $0 + $1 * $1).squareRoot() })]
    case .twin:
      let weights = try InitialPoles.trainingInputWeights(.legS, stateSize: 2 * modeCount)
      return [GoldenResult(tensor, weights?.map(\.length) ?? [])]
    }
  }
}

import ComplexModule
import Foundation
import Operations
import SequenceModels
import StateSpace
import Vocabulary

/// Case 05: discrete poles of DFouT; those of the layers that train are read off the first step of their kernels.
enum FourierPolesCase: GoldenCase {
  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes(["xi": "H", "single": "N 2", "layer": "H N 2"])
    let (width, size) = (sizes["H"], sizes["N"])
    let dampings = try golden.reals("xi")
    let layer = FourierAngles.layer(modeCount: size, width: width)
    func logarithms(_ angles: [[Double]]) -> [Complex<Double>] {
      zip(angles, dampings).flatMap { row, damping in row.map { Complex(-damping / 2, $0) } }
    }
    let angles: [(name: String, rows: [[Double]])] = [
      ("single", [FourierAngles.single(modeCount: size)]), ("layer", layer), ("half_linspace", [FourierAngles.halfEven(stateSize: size)]),
      ("half_grid", [FourierAngles.halfGrid(stateSize: size)]), ("half_layer", FourierAngles.halfLayer(stateSize: size, width: width)),
    ]
    let stored = angles.filter { golden.has($0.name) }
    if case .engine(let place) = computation {
      return try stored.map { GoldenResult($0.name, try enginePoles($0.rows, dampings: dampings, on: place)) }
    }
    let poles = stored.map { GoldenResult($0.name, logarithms($0.rows).map { .exp($0) }) }
    return poles + (golden.has("layer_cont") ? [GoldenResult("layer_cont", logarithms(layer))] : [])
  }

  /// Each mode as a channel of its own, with C = 1 in one direction and C = −i in the other: K₀[1] = Re λ̄ and K₁[1] = Im λ̄.
  private static func enginePoles(_ angles: [[Double]], dampings: [Double], on place: ComputePlace) throws -> [Double] {
    let modes = zip(angles, dampings).flatMap { row, damping in row.map { (angle: $0, damping: log(damping)) } }
    let count = modes.count
    let configuration = DampedFourierLayerSpecification(
      angles: .synchronized, plane: .full, inputFactor: .unit, stateSize: 1, dampingMinimum: 0.1, dampingMaximum: 0.1, bidirectional: true,
      poleLearningRate: 0.001, dampingLearningRate: 0.001)
    var initializer = ParameterInitializer(seed: 0)
    let source = try LayerSpecification.dampedFourier(configuration)
      .makeKernelSource("kernel", modelWidth: count, initializer: &initializer)
    source.parameters.set([
      "kernel.log_xi": modes.map(\.damping), "kernel.angles": modes.map(\.angle),
      "kernel.C": (0..<2 * count).flatMap { (row: Int) -> [Double] in row < count ? [1, 0] : [0, -1] },
    ])
    let kernel = try place.run(source.parameters.tensors) { [source.kernel(length: 2, samplingRate: 1)] }[0].reals
    return (0..<count).flatMap { (mode: Int) -> [Double] in [kernel[2 * mode + 1], kernel[2 * (count + mode) + 1]] }
  }
}

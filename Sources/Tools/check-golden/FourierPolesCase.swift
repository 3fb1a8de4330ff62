import Arrays
import ComplexModule
import Foundation
import Operations
import StateSpace

/// Case 05: discrete poles of DFouT; those of the float32 engine are read off the first step of its kernels.
enum FourierPolesCase {
  static func check(_ golden: GoldenSubcase) throws {
    let sizes = try golden.sizes(["xi": "H", "single": "N 2", "layer": "H N 2"])
    let (width, size) = (sizes["H"], sizes["N"])
    let dampings = try golden.reals("xi")
    let layer = FourierAngles.layer(modeCount: size, width: width)
    func logarithms(_ angles: [[Double]]) -> [Complex<Double>] {
      zip(angles, dampings).flatMap { row, damping in row.map { Complex(-damping / 2, $0) } }
    }
    func compare(_ name: String, _ angles: [[Double]]) throws {
      guard golden.has(name) else { return }
      try golden.compare(name, float64: logarithms(angles).map { .exp($0) })
      try golden.compare(name, float32: enginePoles(angles, dampings: dampings))
    }
    try compare("single", [FourierAngles.single(modeCount: size)])
    try compare("layer", layer)
    try compare("half_linspace", [FourierAngles.halfEven(stateSize: size)])
    try compare("half_grid", [FourierAngles.halfGrid(stateSize: size)])
    try compare("half_layer", FourierAngles.halfLayer(stateSize: size, width: width))
    if golden.has("layer_cont") { try golden.compare("layer_cont", float64: logarithms(layer)) }
  }

  /// Each mode as a channel of its own, with C = 1 in one direction and C = −i in the other: K₀[1] = Re λ̄ and K₁[1] = Im λ̄.
  private static func enginePoles(_ angles: [[Double]], dampings: [Double]) -> [Float] {
    let modes = zip(angles, dampings).flatMap { row, damping in row.map { (angle: Float($0), damping: Float(log(damping))) } }
    let count = modes.count
    let weights = (0..<2 * count).flatMap { (row: Int) -> [Float] in row < count ? [1, 0] : [0, -1] }
    let parameters = DiagonalKernel.Parameters(
      timestep: Tensor([count], values: modes.map(\.damping)), decay: nil, frequency: Tensor([count, 1], values: modes.map(\.angle)),
      outputWeights: Tensor([2, count, 1, 2], values: weights))
    let options = DiagonalKernel.Options(poles: .dampedFourier(hasUnitInput: true), outputFactor: 1)
    let kernel = DiagonalKernel.forward(parameters, length: 2, options: options).values()
    return (0..<count).flatMap { (mode: Int) -> [Float] in
      let (real, imaginary) = (kernel[2 * mode + 1], kernel[2 * (count + mode) + 1])
      return [real, imaginary]
    }
  }
}

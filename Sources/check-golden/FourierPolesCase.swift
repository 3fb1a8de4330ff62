import ComplexModule
import StateSpace

/// Case 05: discrete poles of DFouT; computed in Double only, because models round them once.
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
      if golden.has(name) { try golden.compare(name, float64: logarithms(angles).map { .exp($0) }) }
    }
    try compare("single", [FourierAngles.single(modeCount: size)])
    try compare("layer", layer)
    try compare("half_linspace", [FourierAngles.halfEven(stateSize: size)])
    try compare("half_grid", [FourierAngles.halfGrid(stateSize: size)])
    try compare("half_layer", FourierAngles.halfLayer(stateSize: size, width: width))
    if golden.has("layer_cont") { try golden.compare("layer_cont", float64: logarithms(layer)) }
  }
}

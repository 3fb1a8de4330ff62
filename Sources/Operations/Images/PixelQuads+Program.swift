import Accelerators

extension PixelQuads {
  static func recordSums(_ program: Program, _ input: Tensor, times factor: Float) -> Tensor {
    let shape = input.shape
    let quads = input.value(in: program).reshaped([shape[0], shape[1], shape[2] / 2, 2, shape[3] / 2, 2])
    return Tensor(quads.sum(over: [3, 5]) * Double(factor))
  }

  static func recordSpread(_ program: Program, _ input: Tensor, times factor: Float) -> Tensor {
    let shape = input.shape
    let quads = (input.value(in: program) * Double(factor))
      .broadcast(to: [shape[0], shape[1], shape[2], 2, shape[3], 2], axes: [0, 1, 2, 4])
    return Tensor(quads.reshaped([shape[0], shape[1], 2 * shape[2], 2 * shape[3]]))
  }
}

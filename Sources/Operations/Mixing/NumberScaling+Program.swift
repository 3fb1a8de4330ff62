import Accelerators

extension NumberScaling {
  static func record(_ program: Program, _ values: Tensor, number: Tensor) -> Tensor {
    Tensor(values.value(in: program) * spread(program, number, values.shape))
  }

  static func recordBackward(
    _ program: Program, outputGradient: Tensor, values: Tensor, number: Tensor, valuesGradient: Tensor, numberGradient: Tensor
  ) {
    let slopes = outputGradient.value(in: program)
    valuesGradient.add(slopes * spread(program, number, values.shape))
    let product = slopes * values.value(in: program)
    numberGradient.add(product.sum(over: Array(product.shape.indices)).reshaped(numberGradient.shape))
  }

  private static func spread(_ program: Program, _ number: Tensor, _ shape: [Int]) -> Value {
    number.value(in: program).reshaped([]).broadcast(to: shape, axes: [])
  }
}

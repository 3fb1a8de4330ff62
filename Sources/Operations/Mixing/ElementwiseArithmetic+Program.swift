import Accelerators

extension ElementwiseArithmetic {
  /// first + factor · second.
  static func record(_ program: Program, _ first: Tensor, _ second: Tensor, times factor: Float) -> Tensor {
    let other = second.value(in: program)
    return Tensor(first.value(in: program) + (factor == 1 ? other : other * Double(factor)))
  }
}

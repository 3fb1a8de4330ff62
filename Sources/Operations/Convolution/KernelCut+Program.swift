import Accelerators

extension KernelCut {
  static func record(_ program: Program, _ kernel: Tensor, count: Int) -> Tensor {
    Tensor(kernel.value(in: program).slice(axis: 2, 0..<count))
  }

  static func recordBackward(_ program: Program, outputGradient: Tensor, length: Int) -> Tensor {
    Tensor(outputGradient.value(in: program).padded(axis: 2, behind: length - outputGradient.shape[2]))
  }
}

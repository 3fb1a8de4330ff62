import Accelerators

/// The first coefficients of each row of a kernel.
package enum KernelCut {
  /// [directions, H, count] from [directions, H, L], count ≤ L.
  package static func forward(_ kernel: Tensor, count: Int) -> Tensor {
    precondition(kernel.shape.count == 3 && (0...kernel.shape[2]).contains(count), "KernelCut: \(count) of kernel \(kernel.shape)")
    if count == kernel.shape[2] { return kernel }
    if let program = Program.recording(kernel) { return record(program, kernel, count: count) }
    let result = Tensor(uninitialized: [kernel.shape[0], kernel.shape[1], count])
    for row in 0..<kernel.shape[0] * kernel.shape[1] {
      (result.elements + row * count).update(from: kernel.elements + row * kernel.shape[2], count: count)
    }
    return result
  }

  /// The gradient of the whole kernel: zero behind the cut.
  package static func backward(outputGradient: Tensor, length: Int) -> Tensor {
    let count = outputGradient.shape[2]
    precondition(count <= length, "KernelCut: gradient \(outputGradient.shape) of length \(length)")
    if count == length { return outputGradient }
    if let program = Program.recording(outputGradient) { return recordBackward(program, outputGradient: outputGradient, length: length) }
    let result = Tensor.zeros([outputGradient.shape[0], outputGradient.shape[1], length])
    for row in 0..<outputGradient.shape[0] * outputGradient.shape[1] {
      (result.elements + row * length).update(from: outputGradient.elements + row * count, count: count)
    }
    return result
  }
}

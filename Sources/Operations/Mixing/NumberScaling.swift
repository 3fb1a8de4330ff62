import Accelerators

/// Products of a list with one trained number.
package enum NumberScaling {
  /// values · number, for a number of shape [1].
  package static func forward(_ values: Tensor, number: Tensor) -> Tensor {
    precondition(number.count == 1, "NumberScaling: shape \(number.shape) is no single number")
    if let program = Program.recording(values, number) { return record(program, values, number: number) }
    return ElementwiseArithmetic.scaled(values, by: number.elements[0])
  }

  /// Adds the gradients of values and number.
  package static func backward(
    outputGradient: Tensor, values: Tensor, number: Tensor, valuesGradient: Tensor, numberGradient: Tensor
  ) {
    precondition(
      outputGradient.shape == values.shape && number.count == 1, "NumberScaling: gradient \(outputGradient.shape) for \(values.shape)")
    if let program = Program.recording(outputGradient) {
      return recordBackward(
        program, outputGradient: outputGradient, values: values, number: number, valuesGradient: valuesGradient,
        numberGradient: numberGradient)
    }
    ElementwiseArithmetic.add(ElementwiseArithmetic.scaled(outputGradient, by: number.elements[0]), to: valuesGradient)
    var sum: Float = 0
    for index in 0..<values.count { sum += values.elements[index] * outputGradient.elements[index] }
    numberGradient.elements[0] += sum
  }
}

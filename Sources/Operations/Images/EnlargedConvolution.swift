import Accelerators

/// The convolution of frames whose pixels became squares of 2 × 2 before: `NearestUpsampling`, then `Convolution2D`.
///
/// Shapes: x [N, C, H, W], weight [O, C, k, k] with odd k, bias [O] or none, y [N, O, 2H, 2W]. In a program the enlarged frames, which are the
/// largest of a decoder, are never made.
package enum EnlargedConvolution {
  package static func forward(_ input: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
    if let program = Program.recording(input, weight) { return record(program, input, weight: weight, bias: bias) }
    return Convolution2D.forward(NearestUpsampling.forward(input), weight: weight, bias: bias)
  }

  /// Returns the gradient of x; adds to the gradients of weight and bias.
  package static func backward(
    outputGradient: Tensor, input: Tensor, weight: Tensor, weightGradient: Tensor, biasGradient: Tensor?
  ) -> Tensor {
    if let program = Program.recording(outputGradient, input) {
      return recordBackward(
        program, outputGradient: outputGradient, input: input, weight: weight, weightGradient: weightGradient, biasGradient: biasGradient)
    }
    return NearestUpsampling.backward(
      outputGradient: Convolution2D.backward(
        outputGradient: outputGradient, input: NearestUpsampling.forward(input), weight: weight, weightGradient: weightGradient,
        biasGradient: biasGradient))
  }
}

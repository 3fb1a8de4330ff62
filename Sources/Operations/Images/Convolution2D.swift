import Accelerators

/// The convolution of frames: y[n, o] = Σ_c weight[o, c] ⋆ x[n, c] + bias[o], as learning frameworks define it (cross-correlation) with
/// stride 1 and (k − 1)/2 rows and columns of zeros on each side, so that frames keep their size.
///
/// Shapes: x [N, C, H, W], weight [O, C, k, k] with odd k, bias [O] or none, y [N, O, H, W]. How a convolution is computed depends on its
/// sizes alone, and so do the bits, whatever the number of threads.
///
/// - Source: LeCun et al., 1989; tested against `ReferenceConvolution2D`.
package enum Convolution2D {
  package static func forward(_ input: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
    let sizes = ConvolutionSizes(input: input, weight: weight)
    precondition(bias.map { $0.shape == [sizes.outputs] } ?? true, "Convolution2D: bias \(bias?.shape ?? []) for weight \(weight.shape)")
    if let program = Program.recording(input, weight) { return record(program, input, weight: weight, bias: bias) }
    let output = Tensor(uninitialized: sizes.outputShape)
    convolve(input, weight: weight, turned: false, bias: bias, sizes: sizes, to: output)
    return output
  }

  /// Returns the gradient of x; adds to the gradients of weight and bias.
  package static func backward(
    outputGradient: Tensor, input: Tensor, weight: Tensor, weightGradient: Tensor, biasGradient: Tensor?
  ) -> Tensor {
    parameterGradients(
      outputGradient: outputGradient, input: input, weight: weight, weightGradient: weightGradient, biasGradient: biasGradient)
    if let program = Program.recording(outputGradient, weight) {
      return recordInputGradient(program, outputGradient: outputGradient, weight: weight)
    }
    let sizes = ConvolutionSizes(input: input, weight: weight)
    let inputGradient = Tensor(uninitialized: input.shape)
    convolve(outputGradient, weight: weight, turned: true, bias: nil, sizes: sizes.transposed, to: inputGradient)
    return inputGradient
  }

  /// Adds to the gradients of weight and bias alone, as in the first layer of a model, whose input is data.
  package static func parameterGradients(
    outputGradient: Tensor, input: Tensor, weight: Tensor, weightGradient: Tensor, biasGradient: Tensor?
  ) {
    let sizes = ConvolutionSizes(input: input, weight: weight)
    precondition(
      outputGradient.shape == sizes.outputShape && weightGradient.shape == weight.shape
        && biasGradient.map { $0.shape == [sizes.outputs] } ?? true,
      "Convolution2D: gradient \(outputGradient.shape) for input \(input.shape), weight \(weight.shape)")
    if let program = Program.recording(outputGradient, input) {
      return recordParameterGradients(
        program, outputGradient: outputGradient, input: input, weightGradient: weightGradient, biasGradient: biasGradient)
    }
    if let biasGradient { addBiasGradient(outputGradient, sizes, to: biasGradient) }
    if isFiltered(sizes) {
      WinogradWeightGradient.add(outputGradient: outputGradient, input: input, sizes: sizes, to: weightGradient)
    } else {
      DirectWeightGradient.add(outputGradient: outputGradient, input: input, sizes: sizes, to: weightGradient)
    }
  }

  /// Whether minimal filtering is faster than the sum term by term: kernels are 3×3, tiles are many beside the transform of the weights, which
  /// costs as much as some forty tiles save, and their products fewer than those of the pixels by a half.
  private static func isFiltered(_ sizes: ConvolutionSizes) -> Bool {
    let tiles = WinogradTiling.tileCount(sizes)
    return sizes.kernel == 3 && tiles >= 48 && 3 * tiles * WinogradTransform.products <= 2 * sizes.frames * sizes.pixels * sizes.taps
  }

  private static func convolve(
    _ input: Tensor, weight: Tensor, turned: Bool, bias: Tensor?, sizes: ConvolutionSizes, to output: Tensor
  ) {
    if isFiltered(sizes) {
      WinogradConvolution.convolve(input, weight: weight, turned: turned, bias: bias, sizes: sizes, to: output)
    } else {
      DirectConvolution.convolve(input, weight: weight, turned: turned, bias: bias, sizes: sizes, to: output)
    }
  }

  private static func addBiasGradient(_ outputGradient: Tensor, _ sizes: ConvolutionSizes, to biasGradient: Tensor) {
    let (source, target) = (Shared(outputGradient.elements), Shared(biasGradient.elements))
    Parallel.forEach(sizes.outputs) { channel in
      var sum = 0.0
      for frame in 0..<sizes.frames {
        sum += VectorMath.sum(source.pointer + (frame * sizes.outputs + channel) * sizes.pixels, count: sizes.pixels) { $0 }
      }
      target[channel] += Float(sum)
    }
  }
}

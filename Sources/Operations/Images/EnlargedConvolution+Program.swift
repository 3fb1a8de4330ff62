import Accelerators

/// In a program this is the way back of a convolution with stride 2: the gradient of a pixel sums over its square what the turned kernel finds
/// in the gradient of y, which is one kernel of k + 1 rows and columns, r[j] + r[j − 1] along each axis. With it a pixel has (k + 1)² products
/// rather than 4k².
extension EnlargedConvolution {
  static func record(_ program: Program, _ input: Tensor, weight: Tensor, bias: Tensor?) -> Tensor {
    let kernel = kernel(weight.value(in: program))
    let output = input.value(in: program).convolvedBack(with: kernel, padding: weight.shape[2] / 2, stride: 2)
    return Tensor(bias.map { output + $0.value(in: program).broadcast(to: output.shape, axes: [1]) } ?? output)
  }

  static func recordBackward(
    _ program: Program, outputGradient: Tensor, input: Tensor, weight: Tensor, weightGradient: Tensor, biasGradient: Tensor?
  ) -> Tensor {
    let (slopes, padding) = (outputGradient.value(in: program), weight.shape[2] / 2)
    let kernelGradient = slopes.kernelGradient(ofSlopes: input.value(in: program), padding: padding, stride: 2)
    weightGradient.add(weightSlopes(kernelGradient))
    biasGradient?.add(slopes.sum(over: [0, 2, 3]))
    return Tensor(slopes.convolved(with: kernel(weight.value(in: program)), padding: padding, stride: 2))
  }

  /// The kernels of the convolution with stride 2 from gradients to gradients, [O, C, k, k] → [C, O, k + 1, k + 1].
  private static func kernel(_ weight: Value) -> Value {
    [2, 3].reduce(weight.reversed(axes: [2, 3]).transposed([1, 0, 2, 3])) { kernel, axis in
      kernel.padded(axis: axis, behind: 1) + kernel.padded(axis: axis, before: 1, behind: 0)
    }
  }

  /// The gradient of the weight from that of `kernel`: the same steps backwards.
  private static func weightSlopes(_ slopes: Value) -> Value {
    let sums = [2, 3].reduce(slopes) { slopes, axis in
      let size = slopes.shape[axis] - 1
      return slopes.slice(axis: axis, 0..<size) + slopes.slice(axis: axis, 1..<size + 1)
    }
    return sums.transposed([1, 0, 2, 3]).reversed(axes: [2, 3])
  }
}

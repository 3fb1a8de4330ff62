import Operations
import ReferenceModels
import TestSupport
import Testing

/// Nearest upsampling followed by a convolution, which a program computes as one.
@Suite struct EnlargedConvolutionTests {
  /// Frames [N, C, H, W] to O channels by kernels k × k.
  struct Sizes: CustomTestStringConvertible, Sendable {
    let frames: [Int]
    let outputs: Int
    let kernel: Int
    var testDescription: String { "\(frames) to \(outputs), \(kernel)x\(kernel)" }
  }

  static let all = [
    Sizes(frames: [1, 1, 1, 1], outputs: 1, kernel: 3),
    Sizes(frames: [1, 2, 3, 5], outputs: 3, kernel: 3),
    Sizes(frames: [3, 1, 4, 3], outputs: 2, kernel: 3),
    Sizes(frames: [2, 5, 8, 6], outputs: 1, kernel: 3),
    Sizes(frames: [2, 3, 2, 4], outputs: 4, kernel: 1),
    // The kernel is larger than the frame.
    Sizes(frames: [2, 2, 3, 1], outputs: 3, kernel: 5),
  ]

  @Test("forward and backward are those of the twins one after the other", arguments: Engine.cases(all, onDevice: Array(all.indices)))
  func agrees(engine: Engine, sizes: Sizes) throws {
    let (height, width) = (sizes.frames[2], sizes.frames[3])
    let input = Tensor.random(sizes.frames, lane: 1)
    let weight = Tensor.random([sizes.outputs, sizes.frames[1], sizes.kernel, sizes.kernel], lane: 2)
    let bias = Tensor.random([sizes.outputs], lane: 3)
    let slopes = Tensor.random([sizes.frames[0], sizes.outputs, 2 * height, 2 * width], lane: 4)
    // Gradients are added to what there is.
    let (weightGradient, biasGradient) = (Tensor.random(weight.shape, lane: 5), Tensor.random(bias.shape, lane: 6))
    let before = [weightGradient.doubles, biasGradient.doubles]
    let computed = try engine.run([input, weight, bias, slopes, weightGradient, biasGradient]) {
      let output = EnlargedConvolution.forward(input, weight: weight, bias: bias)
      let bare = EnlargedConvolution.forward(input, weight: weight, bias: nil)
      let gradient = EnlargedConvolution.backward(
        outputGradient: slopes, input: input, weight: weight, weightGradient: weightGradient, biasGradient: biasGradient)
      return [output, bare, gradient]
    }

    func twin(bias: [Double]) -> ReferenceConvolution2D {
      ReferenceConvolution2D(weight: weight.doubles, bias: bias, inputs: sizes.frames[1], kernel: sizes.kernel)
    }
    let enlarged = ReferenceResampling.nearestUpsampled(input.doubles, height: height, width: width)
    func output(_ bias: [Double]) -> [Double] { twin(bias: bias).forward(enlarged, height: 2 * height, width: 2 * width) }
    let gradient = twin(bias: bias.doubles).backward(
      outputGradient: slopes.doubles, input: enlarged, height: 2 * height, width: 2 * width)
    let sums = ReferenceResampling.averagePooled(gradient.input, height: 2 * height, width: 2 * width).map { 4 * $0 }
    #expect(computed.map(\.shape) == [slopes.shape, slopes.shape, input.shape])
    #expect(maxRelative(computed[0].doubles, output(bias.doubles)) < 1e-5)
    #expect(maxRelative(computed[1].doubles, output(bias.doubles.map { _ in 0 })) < 1e-5)
    #expect(maxRelative(computed[2].doubles, sums) < 1e-5)
    #expect(maxRelative(weightGradient.doubles, zip(before[0], gradient.weight).map(+)) < 1e-5)
    #expect(maxRelative(biasGradient.doubles, zip(before[1], gradient.bias).map(+)) < 1e-5)
  }
}

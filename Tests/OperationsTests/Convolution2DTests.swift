import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct Convolution2DTests {
  struct Sizes: CustomTestStringConvertible, Sendable {
    var frames: Int
    var inputs: Int
    var outputs: Int
    var height: Int
    var width: Int
    var kernel: Int
    var testDescription: String { "\(frames)x\(inputs)x\(height)x\(width) to \(outputs), \(kernel)x\(kernel)" }
  }

  static let small = [
    Sizes(frames: 1, inputs: 1, outputs: 1, height: 1, width: 1, kernel: 1),
    Sizes(frames: 1, inputs: 1, outputs: 1, height: 1, width: 1, kernel: 3),
    Sizes(frames: 2, inputs: 3, outputs: 2, height: 3, width: 5, kernel: 1),
    Sizes(frames: 2, inputs: 3, outputs: 2, height: 5, width: 4, kernel: 3),
    // The kernel is larger than the frame.
    Sizes(frames: 2, inputs: 2, outputs: 3, height: 2, width: 1, kernel: 5),
    Sizes(frames: 3, inputs: 2, outputs: 5, height: 6, width: 7, kernel: 5),
  ]

  static let sizes =
    small + [
      // More rows than a strip has, and more channels than a block of products.
      Sizes(frames: 1, inputs: 5, outputs: 3, height: 37, width: 21, kernel: 3),
      Sizes(frames: 1, inputs: 70, outputs: 19, height: 16, width: 16, kernel: 3),
      Sizes(frames: 1, inputs: 33, outputs: 40, height: 8, width: 8, kernel: 3),
      Sizes(frames: 1, inputs: 3, outputs: 8, height: 40, width: 40, kernel: 5),
      Sizes(frames: 2, inputs: 40, outputs: 24, height: 16, width: 17, kernel: 1),
      // Minimal filtering, with whole tiles, tiles at the edge, and several chunks.
      Sizes(frames: 3, inputs: 70, outputs: 19, height: 16, width: 16, kernel: 3),
      Sizes(frames: 6, inputs: 16, outputs: 32, height: 11, width: 13, kernel: 3),
      Sizes(frames: 17, inputs: 2, outputs: 5, height: 8, width: 8, kernel: 3),
      Sizes(frames: 1, inputs: 5, outputs: 17, height: 31, width: 34, kernel: 3),
    ]
  /// Of `sizes`, one of each way to compute.
  static let ways = [sizes[3], sizes[7], sizes[9], sizes[10], sizes[11], sizes[12]]

  /// The tensors of one problem.
  private struct Problem {
    let sizes: Sizes
    let input: Tensor
    let weight: Tensor
    let bias: Tensor
    let gradient: Tensor

    init(_ sizes: Sizes) {
      self.sizes = sizes
      input = .random([sizes.frames, sizes.inputs, sizes.height, sizes.width], lane: 1)
      weight = .random([sizes.outputs, sizes.inputs, sizes.kernel, sizes.kernel], lane: 2)
      bias = .random([sizes.outputs], lane: 3)
      gradient = .random([sizes.frames, sizes.outputs, sizes.height, sizes.width], lane: 4)
    }

    var twin: ReferenceConvolution2D {
      ReferenceConvolution2D(weight: weight.doubles, bias: bias.doubles, inputs: sizes.inputs, kernel: sizes.kernel)
    }

    /// Output and gradients of the operation.
    func computed() -> [Tensor] {
      let (weightGradient, biasGradient) = (Tensor.zeros(like: weight), Tensor.zeros(like: bias))
      let inputGradient = Convolution2D.backward(
        outputGradient: gradient, input: input, weight: weight, weightGradient: weightGradient, biasGradient: biasGradient)
      return [Convolution2D.forward(input, weight: weight, bias: bias), inputGradient, weightGradient, biasGradient]
    }
  }

  @Test("forward and backward equal the twin's sums", arguments: Engine.cases(sizes, onDevice: [1, 2, 3, 4, 5, 11]))
  func agrees(engine: Engine, sizes: Sizes) throws {
    let problem = Problem(sizes)
    let gradient = problem.twin.backward(
      outputGradient: problem.gradient.doubles, input: problem.input.doubles, height: sizes.height, width: sizes.width)
    let expected = [
      problem.twin.forward(problem.input.doubles, height: sizes.height, width: sizes.width), gradient.input, gradient.weight,
      gradient.bias,
    ]
    let computed = try engine.run([problem.input, problem.weight, problem.bias, problem.gradient]) { problem.computed() }
    for (name, (tensor, reference)) in zip(["y", "x'", "weight'", "bias'"], zip(computed, expected)) {
      #expect(maxRelative(tensor.doubles, reference) < 1e-5, "\(name)")
    }
  }

  @Test("gradients are central differences of the twin", arguments: small)
  func gradients(sizes: Sizes) {
    let problem = Problem(sizes)
    let (weight, input, slopes) = (problem.weight.doubles, problem.input.doubles, problem.gradient.doubles)
    func loss(_ twin: ReferenceConvolution2D, _ input: [Double]) -> Double {
      dotProduct(twin.forward(input, height: sizes.height, width: sizes.width), slopes)
    }
    func twin(weight: [Double], bias: [Double]) -> ReferenceConvolution2D {
      ReferenceConvolution2D(weight: weight, bias: bias, inputs: sizes.inputs, kernel: sizes.kernel)
    }
    let computed = problem.computed().map { $0.values() }
    let differences =
      GradientCheck.differences("x", computed[1], at: input) { loss(problem.twin, $0) }
      + GradientCheck.differences("weight", computed[2], at: weight) { loss(twin(weight: $0, bias: problem.bias.doubles), input) }
      + GradientCheck.differences("bias", computed[3], at: problem.bias.doubles) { loss(twin(weight: weight, bias: $0), input) }
    #expect(differences == [])
  }

  @Test("parameters alone get the same gradients, and gradients are added", arguments: ways)
  func parametersAlone(sizes: Sizes) {
    let problem = Problem(sizes)
    let computed = problem.computed()
    let (weightGradient, biasGradient) = (Tensor.zeros(like: problem.weight), Tensor.zeros(like: problem.bias))
    func add(_ biasGradient: Tensor?) {
      Convolution2D.parameterGradients(
        outputGradient: problem.gradient, input: problem.input, weight: problem.weight, weightGradient: weightGradient,
        biasGradient: biasGradient)
    }
    add(biasGradient)
    #expect(weightGradient.values() == computed[2].values() && biasGradient.values() == computed[3].values())
    add(nil)
    #expect(maxRelative(weightGradient.doubles, computed[2].doubles.map { 2 * $0 }) < 1e-6)
    let bare = Convolution2D.forward(problem.input, weight: problem.weight, bias: nil)
    let zero = Convolution2D.forward(problem.input, weight: problem.weight, bias: .zeros(like: problem.bias))
    #expect(bare.values() == zero.values())
  }

  @Test("a frame alone gives what it gives among others, up to rounding", arguments: ways)
  func framesAlone(sizes: Sizes) {
    let problem = Problem(sizes)
    let all = Convolution2D.forward(problem.input, weight: problem.weight, bias: problem.bias)
    let last = sizes.frames - 1..<sizes.frames
    let alone = Convolution2D.forward(problem.input.rows(last), weight: problem.weight, bias: problem.bias)
    #expect(maxRelative(alone.doubles, all.rows(last).doubles) < 5e-6)
  }

  @Test("no frames have no output and no gradients", arguments: [1, 3])
  func empty(kernel: Int) {
    let computed = Problem(Sizes(frames: 0, inputs: 2, outputs: 3, height: 4, width: 4, kernel: kernel)).computed()
    #expect(computed[0].shape == [0, 3, 4, 4] && computed[1].shape == [0, 2, 4, 4])
    #expect(computed[2].values().allSatisfy { $0 == 0 } && computed[3].values().allSatisfy { $0 == 0 })
  }

  @Test("any number of threads gives the same bits", arguments: ways)
  func threads(sizes: Sizes) {
    let problem = Problem(sizes)
    #expect(isIndependentOfThreads { problem.computed() })
  }
}

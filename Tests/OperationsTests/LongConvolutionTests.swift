import Arrays
import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct LongConvolutionTests {
  struct Sizes: CustomTestStringConvertible, Sendable {
    var batch: Int
    var width: Int
    var length: Int
    var kernelLength: Int
    var directions: Int
    /// Kernels for each channel.
    var copies = 1
    var boundary = LongConvolution.Boundary.zeros
    var testDescription: String { "\(batch)x\(width)x\(length), kernel \(directions)x\(copies)x\(kernelLength) \(boundary)" }
  }

  static let sizes = [
    Sizes(batch: 1, width: 1, length: 1, kernelLength: 1, directions: 1),
    Sizes(batch: 1, width: 1, length: 1, kernelLength: 1, directions: 2),
    Sizes(batch: 2, width: 3, length: 7, kernelLength: 7, directions: 2),
    Sizes(batch: 3, width: 2, length: 33, kernelLength: 33, directions: 1),
    Sizes(batch: 5, width: 1, length: 50, kernelLength: 12, directions: 2),
    Sizes(batch: 3, width: 2, length: 21, kernelLength: 13, directions: 2, copies: 3),
    Sizes(batch: 1, width: 1, length: 1, kernelLength: 1, directions: 1, boundary: .circular),
    Sizes(batch: 3, width: 2, length: 29, kernelLength: 29, directions: 1, boundary: .circular),
    Sizes(batch: 2, width: 3, length: 32, kernelLength: 32, directions: 1, copies: 2, boundary: .circular),
  ]

  private func random(_ count: Int, seed: UInt64) -> [Double] {
    var stream = RandomStream(seed: seed, purpose: .testing)
    return (0..<count).map { _ in Double(Float(stream.normal())) }
  }

  private func tensor(_ shape: [Int], _ values: [Double]) -> Tensor { Tensor(shape, values: values.map { Float($0) }) }

  /// The output and the gradients of input, kernel and skip.
  private func run(
    on engine: Engine = .host, input: Tensor, kernel: Tensor, skip: Tensor, upstream: Tensor, _ boundary: LongConvolution.Boundary
  ) throws -> [Tensor] {
    try engine.run([input, kernel, skip, upstream]) {
      let skipGradient = Tensor.zeros(like: skip)
      let output = LongConvolution.forward(input, kernel: kernel, skip: skip, boundary: boundary)
      let gradients = LongConvolution.backward(
        outputGradient: upstream, input: input, kernel: kernel, skip: skip, skipGradient: skipGradient, boundary: boundary)
      return [output, gradients.input, gradients.kernel, skipGradient]
    }
  }

  @Test("forward equals the double sum; backward its exact adjoint", arguments: Engine.cases(sizes, onDevice: [1, 2, 4, 5, 7, 8]))
  func agrees(engine: Engine, sizes: Sizes) throws {
    let inputShape = [sizes.batch, sizes.width, sizes.length]
    let kernelCount = sizes.copies * sizes.width
    let kernelShape = [sizes.directions, kernelCount, sizes.kernelLength]
    let input = random(inputShape.reduce(1, *), seed: 1)
    let kernel = random(kernelShape.reduce(1, *), seed: 2)
    let skip = random(kernelCount, seed: 3)
    let upstream = random(sizes.copies * input.count, seed: 4)
    func reference(_ input: [Double], _ kernel: [Double], _ skip: [Double]) -> [Double] {
      let convolution =
        sizes.boundary == .circular
        ? ReferenceConvolution(circles: Rows.cut(kernel, sizes.length), skip: skip, width: sizes.width)
        : ReferenceConvolution(kernel: kernel, directions: sizes.directions, skip: skip, width: sizes.width, length: sizes.length)
      return convolution.forward(input, length: sizes.length)
    }
    let results = try run(
      on: engine, input: tensor(inputShape, input), kernel: tensor(kernelShape, kernel), skip: tensor([kernelCount], skip),
      upstream: tensor([sizes.batch, kernelCount, sizes.length], upstream), sizes.boundary)
    let (output, gradients, skipGradient) = (results[0], (input: results[1], kernel: results[2]), results[3])
    #expect(maxRelative(output.values().map(Double.init), reference(input, kernel, skip)) < 3e-6)

    // The map is linear in each argument, so unit steps give exact derivatives.
    func derivative(_ count: Int, _ shifted: (Int) -> [Double]) -> [Double] {
      let base = reference(input, kernel, skip)
      return (0..<count).map { index in
        zip(zip(shifted(index), base), upstream).reduce(0) { $0 + ($1.0.0 - $1.0.1) * $1.1 }
      }
    }
    func plusOne(_ values: [Double], _ index: Int) -> [Double] {
      var values = values
      values[index] += 1
      return values
    }
    let byInput = derivative(input.count) { reference(plusOne(input, $0), kernel, skip) }
    let byKernel = derivative(kernel.count) { reference(input, plusOne(kernel, $0), skip) }
    let bySkip = derivative(skip.count) { reference(input, kernel, plusOne(skip, $0)) }
    #expect(maxRelative(gradients.input.values().map(Double.init), byInput) < 5e-6)
    #expect(maxRelative(gradients.kernel.values().map(Double.init), byKernel) < 5e-6)
    #expect(maxRelative(skipGradient.values().map(Double.init), bySkip) < 5e-6)
  }

  @Test(
    "kernels given by their spectra do what the kernels do, and their gradients as well",
    arguments: Engine.cases([1, 2, 29, 32], onDevice: [2, 3]))
  func spectra(engine: Engine, length: Int) throws {
    let (batch, width, kernelCount) = (3, 2, 4)
    func random(_ shape: [Int], seed: UInt64) -> Tensor { tensor(shape, self.random(shape.reduce(1, *), seed: seed)) }
    let (input, skip) = (random([batch, width, length], seed: 5), random([kernelCount], seed: 6))
    // The spectrum of any kernel; its gradient is checked as a derivative by the kernel, through the adjoint of that map.
    let bins = (0..<kernelCount).flatMap { row in
      ReferenceSpectrum.mirroredPart(of: Rows.complex(self.random(2 * length, seed: 7 + 100 * UInt64(row))))
    }
    let spectra = tensor([kernelCount, length / 2 + 1, 2], Rows.pairs(bins))
    let kernel = CircularSpectrum.impulseResponse(spectra, length: length)
    let upstream = random([batch, kernelCount, length], seed: 8)
    let expected = try run(input: input, kernel: kernel, skip: skip, upstream: upstream, .circular)
    let results = try run(on: engine, input: input, kernel: spectra, skip: skip, upstream: upstream, .circularSpectra)
    for place in [0, 1, 3] { #expect(maxRelative(results[place].doubles, expected[place].doubles) < 3e-6) }
    // k[m] = Σ_f Re(g_f·e^(2πifm/L))/L, so that dk = L·ifft(dg).
    let inTime = CircularSpectrum.impulseResponse(results[2], length: length).doubles.map { $0 * Double(length) }
    #expect(maxRelative(inTime, expected[2].doubles) < 5e-6)
  }
}

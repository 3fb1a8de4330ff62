import Arrays
import Operations
import TestSupport
import Testing

/// Kernels and convolutions against numbers of the original authors' code.
@Suite struct GoldenKernelTests {
  private static func tensor(_ file: SafetensorsFile, _ name: String, _ shape: [Int]? = nil) throws -> Tensor {
    let array = try file.tensor(name)
    return Tensor(shape ?? array.shape, values: try array.doubles().map { Float($0) })
  }

  /// 2e-5 covers float32 sums of up to 4,096 terms; subcase f has poles next to 0, where the textbook form loses all digits.
  @Test("kernel and gradients of case 01", arguments: ["a", "b", "c", "d", "e", "f", "g"])
  func kernel(subcase: String) throws {
    let file = try Fixtures.golden("case01_s4d_kernel")
    let decay = try Self.tensor(file, "\(subcase).log_A_real")
    let (width, modeCount) = (decay.shape[0], decay.shape[1])
    let parameters = DiagonalKernel.Parameters(
      timestep: try Self.tensor(file, "\(subcase).log_dt"), decay: decay, frequency: try Self.tensor(file, "\(subcase).A_imag"),
      outputWeights: try Self.tensor(file, "\(subcase).C", [1, width, modeCount, 2]))
    let weights = try file.tensor("\(subcase).W")
    let length = weights.shape[1]
    let options = DiagonalKernel.Options()
    let kernel = DiagonalKernel.forward(parameters, length: length, options: options)
    try expectClose(kernel, file, "\(subcase).K")

    let gradients = DiagonalKernel.Parameters(
      timestep: .zeros(like: parameters.timestep), decay: .zeros(like: decay), frequency: .zeros(like: decay),
      outputWeights: .zeros(like: parameters.outputWeights))
    DiagonalKernel.backward(
      kernelGradient: try Self.tensor(file, "\(subcase).W", [1, width, length]), parameters, options: options, gradients: gradients)
    try expectClose(gradients.timestep, file, "\(subcase).dlog_dt")
    try expectClose(#require(gradients.decay), file, "\(subcase).dlog_A_real")
    try expectClose(gradients.frequency, file, "\(subcase).dA_imag")
    try expectClose(gradients.outputWeights, file, "\(subcase).dC")
  }

  @Test("convolution and gradients of case 02b", arguments: ["causal_a", "bidir_a", "bidir_b"])
  func convolution(subcase: String) throws {
    let file = try Fixtures.golden("case02b_fftconv")
    let input = try Self.tensor(file, "\(subcase).u")
    let kernel = try Self.tensor(file, "\(subcase).k")
    let skip = try Self.tensor(file, "\(subcase).D")
    try expectClose(LongConvolution.forward(input, kernel: kernel, skip: skip), file, "\(subcase).y")
    let skipGradient = Tensor.zeros(like: skip)
    let gradients = LongConvolution.backward(
      outputGradient: try Self.tensor(file, "\(subcase).dy"), input: input, kernel: kernel, skip: skip, skipGradient: skipGradient)
    try expectClose(gradients.input, file, "\(subcase).du")
    try expectClose(gradients.kernel, file, "\(subcase).dk")
    try expectClose(skipGradient, file, "\(subcase).dD")
  }

  private func expectClose(
    _ tensor: Tensor, _ file: SafetensorsFile, _ name: String, tolerance: Double = 2e-5, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let error = maxRelative(tensor.values().map(Double.init), try file.tensor(name).doubles())
    #expect(error < tolerance, "\(name): \(error)", sourceLocation: sourceLocation)
  }
}

import ReferenceModels
import StateSpace
import TestSupport
import Testing

/// Kernels and gradients against the original authors' numbers (golden case 01); 1e-10 is the tolerance that the case suggests.
@Suite struct GoldenKernelTests {
  private let tolerance = 1e-10

  /// Subcase f has poles next to zero, where the usual formulas cancel.
  @Test(arguments: ["a", "b", "c", "d", "e", "f", "g"])
  func kernelAndGradients(subcase: String) throws {
    let golden = GoldenTensors(file: try Fixtures.golden("case01_s4d_kernel"), subcase: subcase)
    let systems = try golden.systems()
    let length = try golden.shape("K")[1]
    let weights = try golden.reals("W")

    let kernels = systems.flatMap { $0.kernel(length: length) }
    #expect(maxRelative(kernels, try golden.reals("K")) < tolerance)
    #expect(maxRelative([zip(kernels, weights).map(*).reduce(0, +)], try golden.reals("loss")) < tolerance)

    let gradients = systems.enumerated().map { channel, system in
      DiagonalKernelGradient(of: system, kernelGradient: Array(weights[channel * length..<(channel + 1) * length]))
    }
    #expect(maxRelative(gradients.map(\.logTimestep), try golden.reals("dlog_dt")) < tolerance)
    #expect(maxRelative(gradients.flatMap(\.logNegativeRealPoles), try golden.reals("dlog_A_real")) < tolerance)
    #expect(maxRelative(gradients.flatMap(\.imaginaryPoles), try golden.reals("dA_imag")) < tolerance)
    #expect(maxRelative(pairs(gradients.flatMap(\.outputWeights)), try golden.reals("dC")) < tolerance)
  }
}

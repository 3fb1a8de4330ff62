import StateSpace
import TestSupport
import Testing

@Suite struct DirectConvolutionTests {
  /// Golden case 02b; 1e-10 is the tolerance that the case suggests.
  @Test(arguments: ["causal_a", "bidir_a", "bidir_b"])
  func outputAndGradients(subcase: String) throws {
    let golden = GoldenTensors(file: try Fixtures.golden("case02b_fftconv"), subcase: subcase)
    let shape = try golden.shape("u")
    let (channelCount, length) = (shape[1], shape[2])
    let directionCount = try golden.shape("k")[0]
    let (input, kernel) = (try golden.reals("u"), try golden.reals("k"))
    let (skip, outputGradient) = (try golden.reals("D"), try golden.reals("dy"))

    var output: [Double] = []
    var inputGradient: [Double] = []
    var kernelGradient = kernel.map { _ in 0.0 }
    for row in 0..<shape[0] * channelCount {
      let channel = row % channelCount
      let steps = row * length..<(row + 1) * length
      let forward = channel * length..<(channel + 1) * length
      let backward = (channelCount + channel) * length..<(channelCount + channel + 1) * length
      let signal = Array(input[steps])
      let forwardKernel = Array(kernel[forward])
      let backwardKernel = directionCount == 2 ? Array(kernel[backward]) : forwardKernel.map { _ in 0 }
      let convolved = DirectConvolution.bidirectional(signal, forwardKernel: forwardKernel, backwardKernel: backwardKernel)
      output += zip(convolved, signal).map { $0 + skip[channel] * $1 }
      let gradient = DirectConvolution.gradient(
        signal, forwardKernel: forwardKernel, backwardKernel: backwardKernel, outputGradient: Array(outputGradient[steps]))
      inputGradient += zip(gradient.input, outputGradient[steps]).map { $0 + skip[channel] * $1 }
      for (offset, index) in forward.enumerated() { kernelGradient[index] += gradient.forwardKernel[offset] }
      if directionCount == 2 {
        for (offset, index) in backward.enumerated() { kernelGradient[index] += gradient.backwardKernel[offset] }
      }
    }
    #expect(maxRelative(output, try golden.reals("y")) < 1e-10)
    #expect(maxRelative(inputGradient, try golden.reals("du")) < 1e-10)
    #expect(maxRelative(kernelGradient, try golden.reals("dk")) < 1e-10)
  }

  @Test func causalKernelsIgnoreTheFuture() {
    #expect(DirectConvolution.causal([1, 0, 2], kernel: [3, 5, 7]) == [3, 5, 13])
  }

  @Test func backwardKernelsStartOneStepAhead() {
    let output = DirectConvolution.bidirectional([1, 10, 100], forwardKernel: [0, 0, 0], backwardKernel: [2, 3, 9])
    #expect(output == [320, 200, 0])
  }

  @Test func emptyInputsGiveEmptyOutputs() {
    #expect(DirectConvolution.causal([], kernel: [1]).isEmpty)
  }
}

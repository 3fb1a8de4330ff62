import StateSpace
import Testing

@Suite struct DirectConvolutionTests {
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

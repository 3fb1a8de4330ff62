import ReferenceModels
import StateSpace
import TestSupport
import Testing

/// The twin's convolution with circles against plain sums over lags, and its gradients against unit steps.
@Suite struct ReferenceConvolutionTests {
  private func values(_ count: Int, _ step: Int) -> [Double] { (0..<count).map { Double(($0 * step) % 13) - 6 } }

  @Test("two kernels of a channel, causal and bidirectional", arguments: [1, 2], [1, 2, 9])
  func equalsTheDefinition(directions: Int, length: Int) {
    let (width, count, batch) = (2, 4, 3)
    let (kernel, skip) = (values(directions * count * length, 29), values(count, 5))
    let input = values(batch * width * length, 7)
    let convolution = ReferenceConvolution(kernel: kernel, directions: directions, skip: skip, width: width, length: length)
    let (kernels, inputs) = (Rows.cut(kernel, length), Rows.cut(input, length))
    let expected = (0..<batch * count).flatMap { row -> [Double] in
      let (sample, channel) = row.quotientAndRemainder(dividingBy: count)
      let signal = inputs[sample * width + channel % width]
      let backward = directions == 2 ? kernels[count + channel] : signal.map { _ in 0 }
      let sums = DirectConvolution.bidirectional(signal, forwardKernel: kernels[channel], backwardKernel: backward)
      return zip(sums, signal).map { $0 + skip[channel] * $1 }
    }
    #expect(convolution.forward(input, length: length) == expected)
  }

  @Test("the map is linear in each argument, so unit steps give its derivatives") func gradients() {
    let (length, width) = (5, 2)
    let convolution = ReferenceConvolution(circles: Rows.cut(values(4 * 2 * length, 29), 2 * length), skip: values(4, 5), width: width)
    let (input, slopes) = (values(3 * width * length, 7), values(3 * 4 * length, 3))
    let gradient = convolution.backward(outputGradient: slopes, input: input, length: length)
    func loss(_ convolution: ReferenceConvolution, _ input: [Double]) -> Double {
      dotProduct(convolution.forward(input, length: length), slopes)
    }
    let base = loss(convolution, input)
    for index in input.indices {
      var moved = input
      moved[index] += 1
      #expect(loss(convolution, moved) - base == gradient.input[index])
    }
    for channel in convolution.skip.indices {
      var moved = convolution
      moved.skip[channel] += 1
      #expect(loss(moved, input) - base == gradient.skip[channel])
      for lag in 0..<2 * length {
        var moved = convolution
        moved.circles[channel][lag] += 1
        #expect(loss(moved, input) - base == gradient.circles[channel][lag])
      }
    }
  }
}

import Arrays
import Operations
import StateSpace

/// Case 02b: causal and bidirectional convolution with skip term, forward and gradients.
enum ConvolutionCase {
  static func check(_ golden: GoldenSubcase) throws {
    let directions = try golden.sizes(["u": "B H L", "k": "c H L", "D": "H", "dy": "B H L"])["c"]
    guard directions <= 2 else { throw golden.misfit("k", "it has \(directions) directions, not 1 or 2") }
    try checkFloat32(golden)
    try checkFloat64(golden)
  }

  private static func checkFloat32(_ golden: GoldenSubcase) throws {
    let (input, kernel, skip) = (try golden.tensor("u"), try golden.tensor("k"), try golden.tensor("D"))
    let skipGradient = Tensor.zeros(like: skip)
    let gradients = LongConvolution.backward(
      outputGradient: try golden.tensor("dy"), input: input, kernel: kernel, skip: skip, skipGradient: skipGradient)
    try golden.compare("y", float32: LongConvolution.forward(input, kernel: kernel, skip: skip))
    try golden.compare("du", float32: gradients.input)
    try golden.compare("dD", float32: skipGradient)
    try golden.compare("dk", float32: gradients.kernel)
  }

  private static func checkFloat64(_ golden: GoldenSubcase) throws {
    let (width, length) = (try golden.shape("u")[1], try golden.shape("u")[2])
    let kernels = rows(try golden.reals("k"), length)
    let skip = try golden.reals("D")
    var output: [Double] = []
    var inputGradient: [Double] = []
    var skipGradient = skip.map { _ in 0.0 }
    var kernelGradients = kernels.map { $0.map { _ in 0.0 } }
    for (index, (input, slopes)) in zip(rows(try golden.reals("u"), length), rows(try golden.reals("dy"), length)).enumerated() {
      let channel = index % width
      let isBidirectional = kernels.count > width
      let backward = isBidirectional ? kernels[width + channel] : input.map { _ in 0 }
      let convolved = DirectConvolution.bidirectional(input, forwardKernel: kernels[channel], backwardKernel: backward)
      let gradient = DirectConvolution.gradient(
        input, forwardKernel: kernels[channel], backwardKernel: backward, outputGradient: slopes)
      output += zip(convolved, input).map { $0 + skip[channel] * $1 }
      inputGradient += zip(gradient.input, slopes).map { $0 + skip[channel] * $1 }
      skipGradient[channel] += zip(input, slopes).map(*).reduce(0, +)
      for time in 0..<length {
        kernelGradients[channel][time] += gradient.forwardKernel[time]
        if isBidirectional { kernelGradients[width + channel][time] += gradient.backwardKernel[time] }
      }
    }
    try golden.compare("y", float64: output)
    try golden.compare("du", float64: inputGradient)
    try golden.compare("dD", float64: skipGradient)
    try golden.compare("dk", float64: kernelGradients.flatMap { $0 })
  }

  private static func rows(_ values: [Double], _ length: Int) -> [[Double]] {
    stride(from: 0, to: values.count, by: length).map { Array(values[$0..<$0 + length]) }
  }
}

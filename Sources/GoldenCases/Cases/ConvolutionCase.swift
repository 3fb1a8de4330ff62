import Operations
import ReferenceModels

/// Case 02b: causal and bidirectional convolution with skip term, forward and gradients.
enum ConvolutionCase: GoldenCase {
  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult] {
    let sizes = try golden.sizes(["u": "B H L", "k": "c H L", "D": "H", "dy": "B H L"])
    let (directions, width, length) = (sizes["c"], sizes["H"], sizes["L"])
    guard directions <= 2 else { throw golden.misfit("k", "it has \(directions) directions, not 1 or 2") }
    let (input, kernel, skip, slopes) = (try golden.reals("u"), try golden.reals("k"), try golden.reals("D"), try golden.reals("dy"))
    switch computation {
    case .engine(let place):
      let input = Tensor([sizes["B"], width, length], reals: input)
      let (kernel, skip) = (Tensor([directions, width, length], reals: kernel), Tensor([width], reals: skip))
      let (slopes, skipGradient) = (Tensor(input.shape, reals: slopes), Tensor.zeros(like: skip))
      let results = try place.run([input, kernel, skip, slopes, skipGradient]) {
        let gradients = LongConvolution.backward(
          outputGradient: slopes, input: input, kernel: kernel, skip: skip, skipGradient: skipGradient)
        return [LongConvolution.forward(input, kernel: kernel, skip: skip), gradients.input, gradients.kernel]
      }.map(\.reals)
      return [
        GoldenResult("y", results[0]), GoldenResult("du", results[1]), GoldenResult("dD", skipGradient.reals),
        GoldenResult("dk", results[2]),
      ]
    case .twin:
      let convolution = ReferenceConvolution(kernel: kernel, directions: directions, skip: skip, width: width, length: length)
      let gradient = convolution.backward(outputGradient: slopes, input: input, length: length)
      let forward = gradient.circles.flatMap { $0.prefix(length) }
      let backward = directions == 2 ? gradient.circles.flatMap { $0.suffix(length).reversed() } : []
      return [
        GoldenResult("y", convolution.forward(input, length: length)), GoldenResult("du", gradient.input),
        GoldenResult("dD", gradient.skip), GoldenResult("dk", forward + backward),
      ]
    }
  }
}

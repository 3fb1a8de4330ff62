import ComplexModule
import Operations

/// Starting values of convolutions.
extension ParameterInitializer {
  /// Normal numbers cut at two deviations and widened so that their variance is the given one.
  ///
  /// - Source: the initialisers of JAX, whose constant this is.
  mutating func truncatedNormal(_ shape: [Int], variance: Double) -> Tensor {
    let deviation = variance.squareRoot() / 0.879_625_661_034_239_78
    return fill(shape) { stream in
      while true {
        let value = stream.normal()
        if abs(value) <= 2 { return deviation * value }
      }
    }
  }

  /// B and C of a convolutional system in the eigenbasis of HiPPO-LegS, VᴴB and CV, where B and C are truncated normal with the variance
  /// 2/(inputs of a sum): U·k² for B, 2P·k² for C.
  ///
  /// - Parameters:
  ///   - eigenvectors: the columns of V, shape [P][2P], of `InitialPoles.legSEigenvectors`.
  ///   - width: U.
  ///   - kernel: k.
  /// - Returns: real parts before imaginary parts, shapes [2, P, U, k, k] and [2, U, P, k, k].
  /// - Source: ConvSSM (Smith et al., 2023).
  mutating func convolutionalWeights(
    eigenvectors: [[Complex<Double>]], width: Int, kernel: Int
  ) -> (input: Tensor, output: Tensor) {
    let (modeCount, taps) = (eigenvectors.count, kernel * kernel)
    let stateSize = 2 * modeCount
    let inputWeights = truncatedNormal([1, stateSize, width * taps], variance: 2 / Double(width * taps))
    let outputWeights = truncatedNormal([width, stateSize, taps], variance: 2 / Double(stateSize * taps))
    // VᵀB; VᴴB has the other sign in its imaginary part.
    let real = Tensor([modeCount, stateSize], values: eigenvectors.joined().map { Float($0.real) })
    let imaginary = Tensor([modeCount, stateSize], values: eigenvectors.joined().map { Float($0.imaginary) })
    func product(_ part: Tensor, _ weights: Tensor) -> [Float] {
      ChannelMixing.forward(weights, weight: part, bias: .zeros([modeCount])).downloaded().values()
    }
    return (
      Tensor(
        [2, modeCount, width, kernel, kernel], values: product(real, inputWeights) + product(imaginary, inputWeights).map { -$0 }),
      Tensor([2, width, modeCount, kernel, kernel], values: product(real, outputWeights) + product(imaginary, outputWeights))
    )
  }
}

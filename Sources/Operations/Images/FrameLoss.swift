import Accelerators

/// The loss of predicted frames [B, T, C, H, W]: ½ Σ d² + ½ Σ |d| over width and channels, d = output − target, as a mean over B, T and H.
///
/// - Source: ConvSSM (Smith et al., 2023), its model of frames without codes, loss weight 0.5.
package enum FrameLoss {
  /// - Returns: the loss, and the means of d² and |d| of each channel over B, T, H and W.
  package static func forward(
    _ output: Tensor, targets: Tensor
  ) -> (loss: Double, squaredErrors: [Double], absoluteErrors: [Double]) {
    check(output, targets)
    let (channels, width) = (output.shape[2], output.shape[4])
    let planeSize = output.shape[3] * width
    let planeCount = output.count / planeSize
    let (first, second) = (Shared(output.elements), Shared(targets.elements))
    let planes = Parallel.map(planeCount) { sums(first.pointer + $0 * planeSize, second.pointer + $0 * planeSize, planeSize) }
    let means = (0..<channels).map { channel in
      stride(from: channel, to: planeCount, by: channels).reduce(SIMD2<Double>.zero) { $0 + planes[$1] }
        / Double(planeCount / channels * planeSize)
    }
    let loss = means.reduce(0) { $0 + ($1.x + $1.y) / 2 * Double(width) }
    return (loss, means.map(\.x), means.map(\.y))
  }

  /// The gradient of the output: (d + ½ sign d) / (B·T·H), where sign 0 is 0.
  ///
  /// - Parameter meanCount: videos of the mean, where these are a part of them.
  package static func backward(_ output: Tensor, targets: Tensor, meanCount: Int? = nil) -> Tensor {
    check(output, targets)
    if let program = Program.recording(output) {
      return recordBackward(program, output, targets: targets, meanCount: meanCount ?? output.shape[0])
    }
    let gradient = Tensor(uninitialized: output.shape)
    let factor = Float(1 / Double((meanCount ?? output.shape[0]) * output.shape[1] * output.shape[3]))
    let (first, second, result) = (Shared(output.elements), Shared(targets.elements), Shared(gradient.elements))
    Parallel.forEachChunk(of: output.count, size: Parallel.elementChunk) { _, range in
      let start = range.lowerBound
      VectorMath.map(first.pointer + start, second.pointer + start, to: result.pointer + start, count: range.count) {
        let difference = $0 - $1
        let half = Lanes.zero.replacing(with: 0.5, where: difference .> 0).replacing(with: -0.5, where: difference .< 0)
        return (difference + half) * factor
      }
    }
    return gradient
  }

  /// Σ d² and Σ |d|.
  private static func sums(_ first: UnsafePointer<Float>, _ second: UnsafePointer<Float>, _ count: Int) -> SIMD2<Double> {
    var (squares, magnitudes) = (DoubleLanes.zero, DoubleLanes.zero)
    var index = 0
    while index < count {
      let rest = count &- index
      let difference = VectorMath.load(first + index, count: rest) - VectorMath.load(second + index, count: rest)
      squares += DoubleLanes(difference * difference)
      magnitudes += DoubleLanes(VectorMath.magnitude(difference))
      index &+= 16
    }
    return SIMD2(squares.total, magnitudes.total)
  }

  private static func check(_ output: Tensor, _ targets: Tensor) {
    precondition(
      output.shape == targets.shape && output.shape.count == 5 && output.count > 0,
      "FrameLoss: output \(output.shape), targets \(targets.shape)")
  }
}

/// The first stage of a reference layer: every channel convolved on its circle, plus D·u. Sequences are row-major [B, H, L].
package struct ReferenceConvolution: Sendable {
  /// One per channel, each of M ≥ L points; see `DirectConvolution.circular`.
  package var circles: [[Double]]
  /// D, shape [H].
  package var skip: [Double]

  package init(circles: [[Double]], skip: [Double]) {
    self.circles = circles
    self.skip = skip
  }

  /// - Parameter input: u, shape [B, H, L].
  package func forward(_ input: [Double], length: Int) -> [Double] {
    rows(input, length).enumerated().flatMap { index, row in
      let channel = index % circles.count
      return zip(DirectConvolution.circular(row, circle: circles[channel]), row).map { $0 + skip[channel] * $1 }
    }
  }

  /// Gradients of Σ output·w, shapes as the arguments'.
  package struct Gradient: Sendable {
    package fileprivate(set) var input: [Double] = []
    package fileprivate(set) var circles: [[Double]]
    package fileprivate(set) var skip: [Double]
  }

  package func backward(outputGradient: [Double], input: [Double], length: Int) -> Gradient {
    var gradient = Gradient(circles: circles.map { $0.map { _ in 0 } }, skip: skip.map { _ in 0 })
    for (index, (signal, slopes)) in zip(rows(input, length), rows(outputGradient, length)).enumerated() {
      let channel = index % circles.count
      let convolution = DirectConvolution.circularGradient(signal, circle: circles[channel], outputGradient: slopes)
      gradient.input += zip(convolution.input, slopes).map { $0 + skip[channel] * $1 }
      gradient.skip[channel] += zip(signal, slopes).map(*).reduce(0, +)
      gradient.circles[channel] = zip(gradient.circles[channel], convolution.circle).map { $0 + $1 }
    }
    return gradient
  }

  private func rows(_ values: [Double], _ length: Int) -> [[Double]] {
    stride(from: 0, to: values.count, by: max(1, length)).map { Array(values[$0..<$0 + length]) }
  }
}

import StateSpace

/// The first stage of a layer in Double: channels convolved on circles, plus D·u. Sequences are row-major [B, H, L].
package struct ReferenceConvolution: Sendable {
  /// One per output channel, C in all, each of M ≥ L points; see `DirectConvolution.circular`.
  package var circles: [[Double]]
  /// D, shape [C].
  package var skip: [Double]
  /// H; the circle of output channel c reads input channel c mod H.
  package var width: Int
  /// H circles of 2L points run over the sequence followed by its reversal; the halves of the results become 2H channels, each with its D.
  package var readsReversedCopy: Bool

  /// - Parameter width: nil means as many channels as circles.
  package init(circles: [[Double]], skip: [Double], width: Int? = nil, readsReversedCopy: Bool = false) {
    self.circles = circles
    self.skip = skip
    self.width = width ?? circles.count
    self.readsReversedCopy = readsReversedCopy
  }

  /// The convolution y[t] = Σ_{s≤t} K₀[t−s]·u[s] + Σ_{s>t} K₁[s−t−1]·u[s] + D·u[t] with kernels of any length.
  ///
  /// - Parameters:
  ///   - kernel: shape [directions, C, kernelLength]; of a causal convolution K₁ is missing.
  ///   - length: L.
  package init(kernel: [Double], directions: Int, skip: [Double], width: Int, length: Int) {
    let kernels = Rows.cut(kernel, kernel.count / (directions * skip.count)).map { row in
      Array(row.prefix(length)) + Array(repeating: 0, count: max(0, length - row.count))
    }
    self.init(
      circles: skip.indices.map {
        DirectConvolution.circle(forward: kernels[$0], backward: directions == 2 ? kernels[skip.count + $0] : nil)
      }, skip: skip, width: width)
  }

  /// - Parameter input: u, shape [B, H, L].
  package func forward(_ input: [Double], length: Int) -> [Double] {
    if readsReversedCopy { return forwardOfCopy(input, length: length) }
    return places(input, length).flatMap { channel, row in
      zip(DirectConvolution.circular(row, circle: circles[channel]), row).map { $0 + skip[channel] * $1 }
    }
  }

  private func forwardOfCopy(_ input: [Double], length: Int) -> [Double] {
    let rows = Rows.cut(input, length)
    let doubled = rows.enumerated().map { DirectConvolution.circular($1 + $1.reversed(), circle: circles[$0 % width]) }
    return (0..<2 * rows.count).flatMap { row in
      let (sample, channel) = (row / (2 * width), row % (2 * width))
      let place = sample * width + channel % width
      let half = channel < width ? Array(doubled[place].prefix(length)) : doubled[place].suffix(length).reversed()
      return zip(half, rows[place]).map { $0 + skip[channel] * $1 }
    }
  }

  /// Gradients of Σ output·w, shapes as the arguments'.
  package struct Gradient: Sendable {
    package fileprivate(set) var input: [Double]
    package fileprivate(set) var circles: [[Double]]
    package fileprivate(set) var skip: [Double]
  }

  /// - Precondition: no reversed copy.
  package func backward(outputGradient: [Double], input: [Double], length: Int) -> Gradient {
    precondition(!readsReversedCopy, "ReferenceConvolution: no gradient of a reversed copy")
    var inputs = Rows.cut(input, length).map { $0.map { _ in 0.0 } }
    var gradient = Gradient(input: [], circles: circles.map { $0.map { _ in 0 } }, skip: skip.map { _ in 0 })
    for (index, (place, slopes)) in zip(places(input, length), Rows.cut(outputGradient, length)).enumerated() {
      let (channel, signal) = place
      let convolution = Self.circularGradient(signal, circle: circles[channel], outputGradient: slopes)
      let source = index / circles.count * width + channel % width
      for step in 0..<length { inputs[source][step] += convolution.input[step] + skip[channel] * slopes[step] }
      gradient.skip[channel] += zip(signal, slopes).map(*).reduce(0, +)
      gradient.circles[channel] = zip(gradient.circles[channel], convolution.circle).map { $0 + $1 }
    }
    gradient.input = inputs.flatMap { $0 }
    return gradient
  }

  /// Gradients of Σ y·w for `DirectConvolution.circular`.
  private static func circularGradient(
    _ input: [Double], circle: [Double], outputGradient: [Double]
  ) -> (input: [Double], circle: [Double]) {
    var gradient = (input: input.map { _ in 0.0 }, circle: circle.map { _ in 0.0 })
    for time in input.indices {
      for source in input.indices {
        let lag = time >= source ? time - source : time - source + circle.count
        gradient.input[source] += outputGradient[time] * circle[lag]
        gradient.circle[lag] += outputGradient[time] * input[source]
      }
    }
    return gradient
  }

  /// Each output row's channel and the input row that it reads.
  private func places(_ input: [Double], _ length: Int) -> [(channel: Int, row: [Double])] {
    let rows = Rows.cut(input, length)
    return (0..<rows.count / max(1, width) * circles.count).map { index in
      let (sample, channel) = index.quotientAndRemainder(dividingBy: circles.count)
      return (channel, rows[sample * width + channel % width])
    }
  }
}

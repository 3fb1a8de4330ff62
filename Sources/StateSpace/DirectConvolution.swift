/// Convolutions as plain double sums, with their gradients.
package enum DirectConvolution {
  /// y[t] = Σ K[t−s]·u[s] over s ≤ t.
  ///
  /// - Precondition: the kernel has at least as many values as the input.
  package static func causal(_ input: [Double], kernel: [Double]) -> [Double] {
    bidirectional(input, forwardKernel: kernel, backwardKernel: input.map { _ in 0 })
  }

  /// y[t] = Σ K₀[t−s]·u[s] over s ≤ t, plus Σ K₁[s−t−1]·u[s] over s > t: the backward kernel starts one step ahead.
  ///
  /// - Precondition: both kernels have at least as many values as the input.
  package static func bidirectional(_ input: [Double], forwardKernel: [Double], backwardKernel: [Double]) -> [Double] {
    input.indices.map { time in
      input.indices.reduce(0) { sum, source in
        sum + input[source] * (source <= time ? forwardKernel[time - source] : backwardKernel[source - time - 1])
      }
    }
  }

  /// Gradients of Σ y·w with respect to the arguments of `bidirectional`, for weights w of the output.
  package struct Gradient: Sendable {
    package var input: [Double]
    package var forwardKernel: [Double]
    package var backwardKernel: [Double]
  }

  /// - Parameter outputGradient: w, as long as the input.
  package static func gradient(
    _ input: [Double], forwardKernel: [Double], backwardKernel: [Double], outputGradient: [Double]
  ) -> Gradient {
    var gradient = Gradient(
      input: input.map { _ in 0 }, forwardKernel: forwardKernel.map { _ in 0 }, backwardKernel: backwardKernel.map { _ in 0 })
    for time in input.indices {
      for source in input.indices {
        if source <= time {
          gradient.input[source] += outputGradient[time] * forwardKernel[time - source]
          gradient.forwardKernel[time - source] += outputGradient[time] * input[source]
        } else {
          gradient.input[source] += outputGradient[time] * backwardKernel[source - time - 1]
          gradient.backwardKernel[source - time - 1] += outputGradient[time] * input[source]
        }
      }
    }
    return gradient
  }

  /// y[t] = Σ r[(t − s) mod M]·u[s] over all s, for an input of at most M steps: circular for M steps, causal for a kernel that is zero
  /// from step L on a circle of 2L.
  ///
  /// - Parameter circle: r, shape [M].
  /// - Returns: as many steps as the input has.
  package static func circular(_ input: [Double], circle: [Double]) -> [Double] {
    let count = circle.count
    return input.indices.map { time in
      input.indices.reduce(0) { $0 + circle[time >= $1 ? time - $1 : time - $1 + count] * input[$1] }
    }
  }

  /// Gradients of Σ y·w for `circular`.
  package static func circularGradient(
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

  /// A forward kernel at lags 0, 1, … and a backward one at lags −1, −2, … on a circle of 2L steps; nil for no backward kernel.
  package static func circle(forward: [Double], backward: [Double]? = nil) -> [Double] {
    forward + (backward?.reversed() ?? forward.map { _ in 0 })
  }
}

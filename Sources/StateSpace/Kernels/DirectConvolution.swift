/// Convolutions as plain double sums.
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

  /// A forward kernel at lags 0, 1, … and a backward one at lags −1, −2, … on a circle of 2L steps; nil for no backward kernel.
  package static func circle(forward: [Double], backward: [Double]? = nil) -> [Double] {
    forward + (backward?.reversed() ?? forward.map { _ in 0 })
  }
}

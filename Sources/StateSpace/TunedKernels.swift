/// The kernels of TFB's Long Range Arena layer: one or two directions from the same poles, filtered with its own β for each channel.
///
/// - Source: the released layer of TFB (Yu et al., 2025).
package struct TunedKernels: Sendable {
  /// Shape [directions][H]; the directions differ in their output weights alone.
  package var systems: [[DiagonalSystem]]
  /// β, shape [H].
  package var exponents: [Double]
  package var weighting: DirectSobolevFilter.Weighting

  package init(
    systems: [[DiagonalSystem]], exponents: [Double], weighting: DirectSobolevFilter.Weighting = .cyclesPerSample
  ) {
    self.systems = systems
    self.exponents = exponents
    self.weighting = weighting
  }

  /// Before the filter, shape [directions][H][L].
  package func kernels(length: Int) -> [[[Double]]] { systems.map { $0.map { $0.kernel(length: length) } } }

  /// After the filter, on circles of 2L points, shape [H][2L].
  package func circles(length: Int) -> [[Double]] {
    zip(unfiltered(length), exponents).map { filter($1).forward($0) }
  }

  package struct Gradient: Sendable {
    /// Shape [directions][H]; the gradients of shared poles and steps are to be summed over directions.
    package let systems: [[DiagonalKernelGradient]]
    /// Shape [H].
    package let exponents: [Double]
  }

  /// - Parameter circleGradient: slopes of the loss by every point of the circles, shape [H][2L].
  package func backward(circleGradient: [[Double]], length: Int) -> Gradient {
    let filtered = zip(zip(circleGradient, unfiltered(length)), exponents).map { pair, exponent in
      filter(exponent).backward(outputGradient: pair.0, kernel: pair.1)
    }
    let slopes = filtered.map(\.kernel)
    let gradients = systems.enumerated().map { direction, channels in
      zip(channels, slopes).map { system, slope in
        let kernelGradient = direction == 0 ? Array(slope.prefix(length)) : slope.suffix(length).reversed()
        return DiagonalKernelGradient(of: system, kernelGradient: kernelGradient)
      }
    }
    return Gradient(systems: gradients, exponents: filtered.map(\.exponent))
  }

  private func filter(_ exponent: Double) -> DirectSobolevFilter { DirectSobolevFilter(weighting: weighting, exponent: exponent) }

  private func unfiltered(_ length: Int) -> [[Double]] {
    let kernels = kernels(length: length)
    return exponents.indices.map { channel in
      DirectConvolution.circle(forward: kernels[0][channel], backward: kernels.count == 2 ? kernels[1][channel] : nil)
    }
  }
}

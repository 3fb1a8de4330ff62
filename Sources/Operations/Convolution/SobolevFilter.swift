import Accelerators
import CProcessor
import Vocabulary

/// The frequency filter of TFB: the transfer function of every channel times (1 + |frequency|)^β.
///
/// Weights are real, so filtering the output equals filtering the kernel; `LongConvolution` then runs as for any other kernel, and the
/// D·u term stays unfiltered. The kernel lies on a circle of M points: M = 2L for the zero-padded convolution, where the result has both
/// directions, because a filter in frequency is not causal; or M = L for the circular one of the waves script.
///
/// - Source: TFB (Yu et al., 2025), Section 4; the three frequency units of its scripts. Checked against golden cases 03b, 03c and 03d.
package enum SobolevFilter {
  package struct Options: Sendable, Equatable {
    package var weighting: FilterWeighting
    /// No zero padding: the circle has L points instead of 2L.
    package var isCircular: Bool

    package init(weighting: FilterWeighting, isCircular: Bool = false) {
      self.weighting = weighting
      self.isCircular = isCircular
    }
  }

  /// The filtered kernel, shape [2, H, L], or [1, H, L] for a circular convolution.
  ///
  /// - Parameters:
  ///   - kernel: [1 or 2, H, L]; one direction when the options are circular.
  ///   - exponents: β, shape [H], or [1] for all channels.
  package static func forward(_ kernel: Tensor, exponents: Tensor, options: Options) -> Tensor {
    let sizes = Sizes(kernel: kernel, exponents: exponents, options: options)
    if let program = Program.recording(kernel, exponents) { return record(program, kernel, exponents: exponents, options: options) }
    let result = Tensor(uninitialized: sizes.resultShape)
    Parallel.forEach(sizes.width) { channel in
      let spectrum = sizes.spectrum(of: kernel, channel: channel)
      let weights = sizes.weights(exponent: sizes.exponent(exponents, channel: channel), withSlopes: false)
      sizes.scale(spectrum, by: weights)
      sizes.transform.inverse(spectrum.elements)
      sizes.circle.write(spectrum, to: result, row: channel)
    }
    return result
  }

  /// Returns the gradient of the unfiltered kernel; adds to the gradient of β where one is given.
  package static func backward(
    outputGradient: Tensor, kernel: Tensor, exponents: Tensor, exponentGradient: Tensor?, options: Options
  ) -> Tensor {
    let sizes = Sizes(kernel: kernel, exponents: exponents, options: options)
    precondition(
      outputGradient.shape == sizes.resultShape && (exponentGradient?.shape ?? exponents.shape) == exponents.shape,
      "SobolevFilter: gradient \(outputGradient.shape) for kernel \(kernel.shape)")
    if let program = Program.recording(outputGradient, kernel) {
      return recordBackward(
        program, outputGradient: outputGradient, kernel: kernel, exponents: exponents, exponentGradient: exponentGradient,
        options: options)
    }
    let result = Tensor(uninitialized: kernel.shape)
    var slopes = [Double](repeating: 0, count: sizes.width)
    slopes.withUnsafeMutableBufferPointer { buffer in
      let slopes = Shared(buffer.baseAddress!)
      Parallel.forEach(sizes.width) { channel in
        let spectrum = sizes.spectrum(of: kernel, channel: channel)
        let upstream = sizes.spectrum(of: outputGradient, channel: channel)
        let weights = sizes.weights(exponent: sizes.exponent(exponents, channel: channel), withSlopes: true)
        slopes[channel] = sizes.slope(spectrum, upstream, weights)
        sizes.scale(upstream, by: weights)
        sizes.transform.inverse(upstream.elements)
        sizes.circle.write(upstream, to: result, row: channel)
      }
    }
    for channel in 0..<sizes.width {
      exponentGradient?.elements[exponents.count == 1 ? 0 : channel] += Float(slopes[channel])
    }
    return result
  }

  /// Channels, and the circle of M points that their kernels lie on.
  private struct Sizes: Sendable {
    let width: Int
    /// M.
    let count: Int
    let resultShape: [Int]
    let transform: FourierTransform
    let circle: KernelCircle
    private let frequencies: FilterFrequencies

    init(kernel: Tensor, exponents: Tensor, options: Options) {
      precondition(
        kernel.shape.count == 3 && (1...2).contains(kernel.shape[0]) && !(options.isCircular && kernel.shape[0] == 2)
          && (exponents.count == 1 || exponents.shape == [kernel.shape[1]]),
        "SobolevFilter: kernel \(kernel.shape), exponents \(exponents.shape), circular \(options.isCircular)")
      width = kernel.shape[1]
      let length = kernel.shape[2]
      let count = options.isCircular ? length : 2 * length
      self.count = count
      resultShape = [options.isCircular ? 1 : 2, width, length]
      transform = FourierTransform.ofLength(count)
      circle = KernelCircle(transform: transform, reverseLagCount: length)
      frequencies = FilterFrequencies.of(options.weighting, count: count)
    }

    func exponent(_ exponents: Tensor, channel: Int) -> Double { Double(exponents.elements[exponents.count == 1 ? 0 : channel]) }

    /// Mean of each bin's factor and its mirror's, which is what the real part of the output sees, and below it its derivative by β.
    func weights(exponent: Double, withSlopes: Bool) -> Tensor {
      let weights = Tensor.zeros([withSlopes ? 2 : 1, transform.bufferCount])
      frequencies.write(exponent: exponent, to: weights.elements, slopes: withSlopes ? weights.elements + transform.bufferCount : nil)
      // Means are their own mirror images.
      for row in stride(from: 0, to: weights.count, by: transform.bufferCount) {
        let values = weights.elements + row
        for bin in 1..<max(1, (count + 1) / 2) { values[count - bin] = values[bin] }
        (values + count).update(repeating: 0, count: transform.bufferCount - count)
      }
      return weights
    }

    func scale(_ spectrum: Tensor, by weights: Tensor) {
      for start in stride(from: 0, to: transform.bufferCount, by: 16) {
        let (factors, place) = (VectorMath.load(weights.elements + start), spectrum.elements + 2 * start)
        VectorMath.store(VectorMath.load(place) * ssm_interleaved(factors.lowHalf, factors.lowHalf), to: place)
        VectorMath.store(VectorMath.load(place + 16) * ssm_interleaved(factors.highHalf, factors.highHalf), to: place + 16)
      }
    }

    /// Σ over the bins of Re(conj(spectrum)·upstream)·(slope of the weight), over M.
    func slope(_ spectrum: Tensor, _ upstream: Tensor, _ weights: Tensor) -> Double {
      var sums = SIMD8<Double>.zero
      let slopes = weights.elements + transform.bufferCount
      for start in stride(from: 0, to: transform.bufferCount, by: 16) {
        let slope = VectorMath.load(slopes + start)
        for (half, values) in [slope.lowHalf, slope.highHalf].enumerated() {
          let place = 2 * start + 16 * half
          let products = VectorMath.load(spectrum.elements + place) * VectorMath.load(upstream.elements + place)
          sums += ssm_widened(values) * (ssm_widened(ssm_real_parts(products)) + ssm_widened(ssm_imaginary_parts(products)))
        }
      }
      return sums.sum() / Double(count)
    }

    func spectrum(of kernel: Tensor, channel: Int) -> Tensor {
      let points = circle.points(of: kernel, row: channel)
      transform.forward(points.elements)
      return points
    }
  }
}

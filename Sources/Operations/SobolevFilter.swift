import Arrays
import Foundation

/// The frequency filter of TFB: the transfer function of every channel times (1 + |frequency|)^β.
///
/// Weights are real, so filtering the output equals filtering the kernel; `LongConvolution` then runs as for any other kernel, and the
/// D·u term stays unfiltered. The kernel lies on a circle of M points: M = 2L for the zero-padded convolution, where the result has both
/// directions, because a filter in frequency is not causal; or M = L for the circular one of the waves script.
///
/// - Source: TFB (Yu et al., 2025), Section 4; the three frequency units of its scripts. Checked against golden cases 03b, 03c and 03d.
package enum SobolevFilter {
  /// The base of the power at bin k of M.
  package enum Weighting: Sendable, Equatable {
    package enum Mirror: Sendable, Equatable {
      /// 1 + k/10000 over the whole circle: bins of negative frequency get larger factors than their mirrors (waves).
      case none
      /// The upper half counts back one bin too early (denoising).
      case flippedByOne
      /// 1 + min(k, M − k)/10000.
      case symmetric
    }

    case binsOver10000(mirror: Mirror)
    /// 1 + min(k, M − k)/M (Long Range Arena).
    case cyclesPerSample

    func base(bin: Int, of count: Int) -> Double {
      switch self {
      case .binsOver10000(.none): 1 + Double(bin) / 10000
      case .binsOver10000(.flippedByOne): 1 + Double(bin < count / 2 ? bin : count - 1 - bin) / 10000
      case .binsOver10000(.symmetric): 1 + Double(min(bin, count - bin)) / 10000
      case .cyclesPerSample: 1 + Double(min(bin, count - bin)) / Double(count)
      }
    }
  }

  package struct Options: Sendable, Equatable {
    package var weighting: Weighting
    /// No zero padding: the circle has L points instead of 2L.
    package var isCircular: Bool

    package init(weighting: Weighting, isCircular: Bool = false) {
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
    let circle = Circle(kernel: kernel, exponents: exponents, options: options)
    let result = Tensor(uninitialized: circle.resultShape)
    Parallel.forEach(circle.width) { channel in
      let spectrum = circle.spectrum(of: kernel, channel: channel)
      let weights = circle.weights(exponent: circle.exponent(exponents, channel: channel)).values
      for bin in 0..<circle.count { circle.scale(spectrum, bin: bin, by: weights[bin]) }
      circle.transform.inverse(spectrum.elements)
      circle.gather(spectrum, into: result, channel: channel)
    }
    return result
  }

  /// Returns the gradient of the unfiltered kernel; adds to the gradient of β.
  package static func backward(
    outputGradient: Tensor, kernel: Tensor, exponents: Tensor, exponentGradient: Tensor, options: Options
  ) -> Tensor {
    let circle = Circle(kernel: kernel, exponents: exponents, options: options)
    precondition(
      outputGradient.shape == circle.resultShape && exponentGradient.shape == exponents.shape,
      "SobolevFilter: gradient \(outputGradient.shape) for kernel \(kernel.shape)")
    let result = Tensor(uninitialized: kernel.shape)
    var slopes = [Double](repeating: 0, count: circle.width)
    slopes.withUnsafeMutableBufferPointer { buffer in
      let slopes = Shared(buffer.baseAddress!)
      Parallel.forEach(circle.width) { channel in
        let spectrum = circle.spectrum(of: kernel, channel: channel)
        let upstream = circle.spectrum(of: outputGradient, channel: channel)
        let weights = circle.weights(exponent: circle.exponent(exponents, channel: channel))
        for bin in 0..<circle.count {
          let (real, imaginary) = (2 * bin, 2 * bin + 1)
          let product =
            Double(spectrum.elements[real]) * Double(upstream.elements[real])
            + Double(spectrum.elements[imaginary]) * Double(upstream.elements[imaginary])
          slopes[channel] += product * weights.slopes[bin] / Double(circle.count)
          circle.scale(upstream, bin: bin, by: weights.values[bin])
        }
        circle.transform.inverse(upstream.elements)
        circle.gather(upstream, into: result, channel: channel)
      }
    }
    for channel in 0..<circle.width {
      exponentGradient.elements[exponents.count == 1 ? 0 : channel] += Float(slopes[channel])
    }
    return result
  }

  /// Kernels on a circle of M points: K₀ at 0, 1, …; K₁ at M − 1, M − 2, ….
  private struct Circle: Sendable {
    let width: Int
    let length: Int
    /// M.
    let count: Int
    let resultShape: [Int]
    let transform: FourierTransform
    private let bases: [Double]

    init(kernel: Tensor, exponents: Tensor, options: Options) {
      precondition(
        kernel.shape.count == 3 && (1...2).contains(kernel.shape[0]) && !(options.isCircular && kernel.shape[0] == 2)
          && (exponents.count == 1 || exponents.shape == [kernel.shape[1]]),
        "SobolevFilter: kernel \(kernel.shape), exponents \(exponents.shape), circular \(options.isCircular)")
      width = kernel.shape[1]
      length = kernel.shape[2]
      let count = options.isCircular ? length : 2 * length
      self.count = count
      resultShape = [options.isCircular ? 1 : 2, width, length]
      transform = FourierTransform.ofLength(count)
      bases = (0..<count).map { options.weighting.base(bin: $0, of: count) }
    }

    func exponent(_ exponents: Tensor, channel: Int) -> Double { Double(exponents.elements[exponents.count == 1 ? 0 : channel]) }

    /// Mean of each bin's factor and its mirror's, which is what the real part of the output sees, and its derivative by β.
    func weights(exponent: Double) -> (values: [Double], slopes: [Double]) {
      let powers = bases.map { pow($0, exponent) }
      let slopes = zip(powers, bases).map { $0 * log($1) }
      func symmetric(_ values: [Double]) -> [Double] {
        values.indices.map { 0.5 * (values[$0] + values[$0 == 0 ? 0 : count - $0]) }
      }
      return (symmetric(powers), symmetric(slopes))
    }

    func scale(_ spectrum: Tensor, bin: Int, by weight: Double) {
      spectrum.elements[2 * bin] = Float(weight * Double(spectrum.elements[2 * bin]))
      spectrum.elements[2 * bin + 1] = Float(weight * Double(spectrum.elements[2 * bin + 1]))
    }

    func spectrum(of kernel: Tensor, channel: Int) -> Tensor {
      let points = Tensor.zeros([count, 2])
      for direction in 0..<kernel.shape[0] {
        let row = kernel.elements + (direction * width + channel) * length
        for lag in 0..<length { points.elements[2 * point(lag, direction)] += row[lag] }
      }
      transform.forward(points.elements)
      return points
    }

    func gather(_ points: Tensor, into kernel: Tensor, channel: Int) {
      let scale = 1 / Float(count)
      for direction in 0..<kernel.shape[0] {
        let row = kernel.elements + (direction * width + channel) * length
        for lag in 0..<length { row[lag] = scale * points.elements[2 * point(lag, direction)] }
      }
    }

    private func point(_ lag: Int, _ direction: Int) -> Int { direction == 0 ? lag : count - 1 - lag }
  }
}

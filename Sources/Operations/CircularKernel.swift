import Arrays

/// Kernels of circular convolutions: from frequency samples to the two-direction form that `LongConvolution` takes.
///
/// For a real input Re(ifft(fft(u)·g)) is the circular convolution of u with k = Re(ifft(g)), and on L steps that is the sum over
/// lags t − s ≥ 0 with K₀[m] = k[m] and over lags below 0 with K₁[m] = k[L − 1 − m].
package enum CircularKernel {
  /// [2, H, L] from g, shape [H, L, 2].
  package static func forward(_ samples: Tensor) -> Tensor {
    let (width, length) = sizes(samples)
    let transform = FourierTransform.ofLength(length)
    let kernel = Tensor(uninitialized: [2, width, length])
    Parallel.forEach(width) { channel in
      let points = Tensor(uninitialized: [length, 2])
      points.elements.update(from: samples.elements + 2 * channel * length, count: 2 * length)
      transform.inverse(points.elements)
      let forward = kernel.elements + channel * length
      let reverse = kernel.elements + (width + channel) * length
      for step in 0..<length {
        let value = points.elements[2 * step] / Float(length)
        forward[step] = value
        reverse[length - 1 - step] = value
      }
    }
    return kernel
  }

  /// The gradient of g as real derivatives by (re, im), shape [H, L, 2].
  package static func backward(kernelGradient: Tensor) -> Tensor {
    let (width, length) = (kernelGradient.shape[1], kernelGradient.shape[2])
    precondition(kernelGradient.shape == [2, width, length], "CircularKernel: gradient \(kernelGradient.shape)")
    let transform = FourierTransform.ofLength(length)
    let gradient = Tensor(uninitialized: [width, length, 2])
    Parallel.forEach(width) { channel in
      let points = Tensor(uninitialized: [length, 2])
      let forward = kernelGradient.elements + channel * length
      let reverse = kernelGradient.elements + (width + channel) * length
      for step in 0..<length {
        points.elements[2 * step] = (forward[step] + reverse[length - 1 - step]) / Float(length)
        points.elements[2 * step + 1] = 0
      }
      // k[m] = Σ_f Re(g_f·e^(2πifm/L))/L, so the derivatives by (Re g, Im g) are the real and imaginary part of Σ_m dk[m]·e^(−2πifm/L).
      transform.forward(points.elements)
      (gradient.elements + 2 * channel * length).update(from: points.elements, count: 2 * length)
    }
    return gradient
  }

  private static func sizes(_ samples: Tensor) -> (width: Int, length: Int) {
    precondition(samples.shape.count == 3 && samples.shape[2] == 2, "CircularKernel: samples \(samples.shape)")
    return (samples.shape[0], samples.shape[1])
  }
}

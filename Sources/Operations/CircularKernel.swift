import Arrays

/// Kernels of circular convolutions from samples of their transfer functions, for `LongConvolution` with a circular boundary.
///
/// The convolution y = Re(ifft(fft(u)·g)) of a real u has the kernel k = Re(ifft(g)): the real part of the output sees the mean of g and
/// of its mirrored conjugate.
///
/// - Source: HOPE (Yu et al., 2025), Algorithm 1, last line. Checked against golden cases 04 and 04b.
package enum CircularKernel {
  /// [1, C, L] from g, shape [C, L, 2].
  ///
  /// - Parameter reversedFrom: from this row on the system runs over the reversed sequence, and its output is turned back: k[−m mod L].
  package static func forward(_ samples: Tensor, reversedFrom: Int = .max) -> Tensor {
    precondition(samples.shape.count == 3 && samples.shape[2] == 2, "CircularKernel: samples \(samples.shape)")
    let (count, length) = (samples.shape[0], samples.shape[1])
    let transform = FourierTransform.ofLength(length)
    let kernel = Tensor(uninitialized: [1, count, length])
    Parallel.forEach(count) { index in
      let points = Tensor(uninitialized: [length, 2])
      points.elements.update(from: samples.elements + 2 * index * length, count: 2 * length)
      transform.inverse(points.elements)
      let row = kernel.elements + index * length
      for step in 0..<length { row[place(step, length, index >= reversedFrom)] = points.elements[2 * step] / Float(length) }
    }
    return kernel
  }

  /// The gradient of g as real derivatives by (re, im), shape [C, L, 2].
  package static func backward(kernelGradient: Tensor, reversedFrom: Int = .max) -> Tensor {
    let (count, length) = (kernelGradient.shape[1], kernelGradient.shape[2])
    precondition(kernelGradient.shape == [1, count, length], "CircularKernel: gradient \(kernelGradient.shape)")
    let transform = FourierTransform.ofLength(length)
    let gradient = Tensor(uninitialized: [count, length, 2])
    Parallel.forEach(count) { index in
      let points = Tensor(uninitialized: [length, 2])
      let row = kernelGradient.elements + index * length
      for step in 0..<length {
        points.elements[2 * step] = row[place(step, length, index >= reversedFrom)] / Float(length)
        points.elements[2 * step + 1] = 0
      }
      // k[m] = Σ_f Re(g_f·e^(2πifm/L))/L, so the derivatives by (Re g, Im g) are the real and imaginary part of Σ_m dk[m]·e^(−2πifm/L).
      transform.forward(points.elements)
      (gradient.elements + 2 * index * length).update(from: points.elements, count: 2 * length)
    }
    return gradient
  }

  @inline(always)
  private static func place(_ step: Int, _ length: Int, _ isReversed: Bool) -> Int { isReversed && step > 0 ? length - step : step }
}

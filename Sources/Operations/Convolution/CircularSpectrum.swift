/// Kernels of circular convolutions as their transforms at the bins 0 … L/2, which `LongConvolution` reads as they are.
///
/// y = Re(ifft(fft(u)·g)) of a real u sees the mean of g and of its mirrored conjugate: the transform of the real kernel Re(ifft(g)). Its
/// bins above L/2 are the conjugates of those below and are not stored. `HankelTransfer` gives it directly where samples are mirrored.
///
/// - Source: HOPE (Yu et al., 2025), Algorithm 1, last line. Checked against golden cases 04 and 04b.
package enum CircularSpectrum {
  /// The kernel in time, [1, C, L].
  package static func impulseResponse(_ spectra: Tensor, length: Int) -> Tensor {
    let (count, transform) = (spectra.shape[0], FourierTransform.ofLength(length))
    let (kernel, points) = (Tensor(uninitialized: [1, count, length]), transform.buffer())
    for row in 0..<count {
      SpectralArithmetic.unfold(spectra.elements + 2 * row * (length / 2 + 1), to: points.elements, count: length)
      transform.inverse(points.elements)
      SpectralArithmetic.separate(
        points.elements, times: transform.inverseScale, to: (kernel.elements + row * length, nil), count: length)
    }
    return kernel
  }
}

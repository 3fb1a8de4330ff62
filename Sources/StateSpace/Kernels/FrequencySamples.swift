import ComplexModule
import LinearAlgebra

/// Transfer functions given at the bins of a Fourier transform, which need not have the symmetry of a real filter.
package enum FrequencySamples {
  /// r = Re(ifft(g)): for real inputs, y = Re(ifft(fft(u)·g)) is the circular convolution with r.
  package static func kernel(_ samples: [Complex<Double>]) -> [Double] { DiscreteFourierTransform.inverse(samples).map(\.real) }

  /// The gradient by (Re g, Im g) of Σ r·w.
  package static func gradient(kernelGradient: [Double]) -> [Complex<Double>] {
    DiscreteFourierTransform.forward(kernelGradient).map { $0 / Complex(Double(kernelGradient.count)) }
  }

  /// The samples that HOPE's released code uses: those of a first system, each half of the bins a full circle, then a second one's reversed.
  package static func halfSpectra(first: [Complex<Double>], second: [Complex<Double>]) -> [Complex<Double>] { first + second.reversed() }

  /// The gradients of both halves.
  package static func halfSpectraGradient(
    _ gradient: [Complex<Double>]
  ) -> (first: [Complex<Double>], second: [Complex<Double>]) {
    let half = gradient.count / 2
    return (Array(gradient.prefix(half)), gradient.suffix(half).reversed())
  }
}

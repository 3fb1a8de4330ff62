import ComplexModule
import Foundation
import LinearAlgebra
import Vocabulary

/// The frequency filter of TFB on a real kernel K of M points: Re(ifft(fft(K)·w)), w[k] = baseᵝ.
///
/// The real part of a convolution with a real input is the convolution with this real kernel, so filtering the kernel is filtering the
/// output, also where the weights lack the mirror symmetry of a real filter.
///
/// - Source: TFB (Yu et al., 2025), Section 4, and its three scripts.
package struct ReferenceSobolevFilter: Sendable {
  package var weighting: FilterWeighting
  /// β; 0 changes nothing.
  package var exponent: Double

  package init(weighting: FilterWeighting, exponent: Double) {
    self.weighting = weighting
    self.exponent = exponent
  }

  /// - Parameter kernel: K, shape [M].
  package func forward(_ kernel: [Double]) -> [Double] { weighted(kernel) { pow($0, exponent) } }

  /// Gradients of Σ output·w with respect to K, shape [M], and to β.
  ///
  /// The map of K is a circulant matrix, and Re of its adjoint is made from the same real weights.
  package func backward(outputGradient: [Double], kernel: [Double]) -> (kernel: [Double], exponent: Double) {
    let slope = weighted(kernel) { pow($0, exponent) * log($0) }
    return (forward(outputGradient), zip(slope, outputGradient).map(*).reduce(0, +))
  }

  private func weighted(_ values: [Double], _ weight: (Double) -> Double) -> [Double] {
    let spectrum = DiscreteFourierTransform.forward(values)
    let filtered = spectrum.enumerated().map { Complex(weight(weighting.base(bin: $0.offset, of: values.count))) * $0.element }
    return DiscreteFourierTransform.inverse(filtered).map(\.real)
  }
}

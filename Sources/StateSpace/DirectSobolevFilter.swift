import ComplexModule
import Foundation
import LinearAlgebra

/// The frequency filter of TFB on a real kernel K of M points: Re(ifft(fft(K)·w)), w[k] = baseᵝ.
///
/// The real part of a convolution with a real input is the convolution with this real kernel, so filtering the kernel is filtering the
/// output, also where the weights lack the mirror symmetry of a real filter.
///
/// - Source: TFB (Yu et al., 2025), Section 4, and its three scripts.
package struct DirectSobolevFilter: Sendable {
  /// What is raised to β at bin k of M.
  package enum Weighting: Sendable, Equatable {
    package enum Mirror: Sendable, Equatable, CaseIterable {
      /// 1 + k/10000 all around: larger for negative frequencies than for positive ones (waves).
      case none
      /// As `none` below M/2, from there counted back from M − 1: one bin off a mirror image (denoising).
      case flippedByOne
      /// 1 + min(k, M − k)/10000.
      case symmetric
    }

    case binsOver10000(mirror: Mirror)
    /// 1 + min(k, M − k)/M (Long Range Arena, where M = kernel + input length).
    case cyclesPerSample

    package func base(bin: Int, of count: Int) -> Double { base(bin: Double(bin), of: Double(count)) }

    /// The same between the bins.
    package func base(bin: Double, of count: Double) -> Double {
      switch self {
      case .binsOver10000(.none): 1 + bin / 10000
      case .binsOver10000(.flippedByOne): 1 + (2 * bin < count ? bin : count - 1 - bin) / 10000
      case .binsOver10000(.symmetric): 1 + min(bin, count - bin) / 10000
      case .cyclesPerSample: 1 + min(bin, count - bin) / count
      }
    }

    /// Whether a frequency and its opposite have the same factor.
    package var isSymmetric: Bool { self == .cyclesPerSample || self == .binsOver10000(mirror: .symmetric) }
  }

  package var weighting: Weighting
  /// β; 0 changes nothing.
  package var exponent: Double

  package init(weighting: Weighting, exponent: Double) {
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

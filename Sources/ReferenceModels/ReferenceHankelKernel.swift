import ComplexModule
import Foundation
import StateSpace
import Vocabulary

/// HOPE's kernels in Double: sums of powers on the warped circle, one after the other.
package struct ReferenceHankelKernel: ReferenceKernel {
  package var directions: HankelLayerSpecification.Directions
  /// H.
  package var width: Int
  /// Rows of h in each direction, which the channels share in turn.
  package var systemCount: Int
  package var usesSoftplus: Bool

  package init(_ directions: HankelLayerSpecification.Directions, width: Int, systemCount: Int? = nil, usesSoftplus: Bool = false) {
    self.directions = directions
    self.width = width
    self.systemCount = systemCount ?? width
    self.usesSoftplus = usesSoftplus
  }

  package var parameterNames: [String] { [usesSoftplus ? "inv_dt" : "log_dt", "h"] }
  package var readsReversedCopy: Bool { directions == .halfSpectraOfCopy }

  /// The systems, one for each time step.
  package func systems(_ parameters: [[Double]]) -> [HankelSystem] {
    let timesteps = parameters[0]
    let rows = Rows.cut(Rows.complex(parameters[1]), parameters[1].count / 2 / (timesteps.count / width * systemCount))
    return timesteps.enumerated().map { index, stored in
      HankelSystem(markovParameters: rows[row(index)], timestep: usesSoftplus ? log(1 + exp(stored)) : exp(stored))
    }
  }

  package func circles(_ parameters: [[Double]], length: Int) -> [[Double]] {
    let samples = systems(parameters).map { $0.samples(count: directions == .halfSpectra ? length / 2 : length) }
    switch directions {
    case .forward: return samples.map(FrequencySamples.kernel)
    case .both:
      let kernels = samples.map(FrequencySamples.kernel)
      return kernels.prefix(width) + kernels.dropFirst(width).map(Self.reversed)
    case .halfSpectra, .halfSpectraOfCopy:
      return (0..<width).map {
        FrequencySamples.kernel(FrequencySamples.halfSpectra(first: samples[$0], second: samples[width + $0]))
      }
    }
  }

  /// - Precondition: time steps are stored as logarithms.
  package func gradients(_ parameters: [[Double]], circleGradient: [[Double]], length: Int) -> [[Double]] {
    precondition(!usesSoftplus, "ReferenceHankelKernel: no gradients behind softplus")
    let slopes = circleGradient.enumerated().map { channel, slopes in
      FrequencySamples.gradient(kernelGradient: channel < width ? slopes : Self.reversed(slopes))
    }
    switch directions {
    case .forward, .both: return gradients(parameters, samplesGradient: slopes)
    case .halfSpectra, .halfSpectraOfCopy:
      let halves = slopes.map(FrequencySamples.halfSpectraGradient)
      return gradients(parameters, samplesGradient: halves.map(\.first) + halves.map(\.second))
    }
  }

  /// - Parameter samplesGradient: slopes of the loss by the samples of each system.
  package func gradients(_ parameters: [[Double]], samplesGradient: [[Complex<Double>]]) -> [[Double]] {
    let gradients = zip(systems(parameters), samplesGradient).map { $0.gradient(samplesGradient: $1) }
    var markov = parameters[1].map { _ in 0.0 }
    for (index, gradient) in gradients.enumerated() {
      let pairs = Rows.pairs(gradient.markovParameters)
      let start = row(index) * pairs.count
      for offset in pairs.indices { markov[start + offset] += pairs[offset] }
    }
    return [gradients.map(\.logTimestep), markov]
  }

  /// The row of h that a system has.
  private func row(_ index: Int) -> Int { index / width * systemCount + index % width % systemCount }

  /// The circle over the reversed sequence: lag k becomes −k.
  private static func reversed(_ circle: [Double]) -> [Double] { circle.prefix(1) + circle.dropFirst().reversed() }
}

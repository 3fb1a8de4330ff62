import ComplexModule
import Foundation
import StateSpace

/// The kernels of one layer in Double, from its stored parameters.
package protocol LayerKernelReference: Sendable {
  /// Below `kernel.`, in the order that `kernel` takes them.
  var parameterNames: [String] { get }
  var directions: Int { get }
  var isCircular: Bool { get }
  /// The layer runs over the sequence followed by its reversal.
  var readsReversedCopy: Bool { get }

  /// [directions, C, length], flat.
  func kernel(_ parameters: [[Double]], length: Int) -> [Double]
}

extension LayerKernelReference {
  package var readsReversedCopy: Bool { false }
}

/// Diagonal modes, and TFB's filter behind them.
package struct DiagonalLayerKernelReference: LayerKernelReference {
  package var modes: DiagonalKernelReference
  package var filter: DirectSobolevFilter.Weighting?
  private let names: [String]

  /// - Parameter parameterNames: of the modes, in their order.
  package init(modes: DiagonalKernelReference, parameterNames: [String], filter: DirectSobolevFilter.Weighting? = nil) {
    self.modes = modes
    names = parameterNames
    self.filter = filter
  }

  package var parameterNames: [String] { names + (filter == nil ? [] : ["s"]) }
  package var directions: Int { filter == nil ? modes.directions : 2 }
  package let isCircular = false

  package func kernel(_ parameters: [[Double]], length: Int) -> [Double] {
    let kernel = modes.kernel(parameters.prefix(names.count).flatMap { $0 }, length: length)
    guard let filter, let exponents = parameters.last else { return kernel }
    let rows = stride(from: 0, to: kernel.count, by: length).map { Array(kernel[$0..<$0 + length]) }
    let circles = exponents.enumerated().map { channel, exponent in
      DirectSobolevFilter(weighting: filter, exponent: exponent).forward(
        DirectConvolution.circle(forward: rows[channel], backward: modes.directions == 2 ? rows[modes.width + channel] : nil))
    }
    return circles.flatMap { $0.prefix(length) } + circles.flatMap { $0.suffix(length).reversed() }
  }
}

/// HOPE: sums of powers on the warped circle, one after the other.
package struct HankelLayerKernelReference: LayerKernelReference {
  package enum Directions: Sendable { case forward, both, halfSpectra, halfSpectraOfCopy }

  package var directionsOfSystems: Directions
  package var usesSoftplus: Bool
  private var timestepName: String { usesSoftplus ? "inv_dt" : "log_dt" }

  /// H, and how many rows of h each direction has.
  private let width: Int
  private let systemCount: Int

  package init(directions: Directions, width: Int, systemCount: Int, usesSoftplus: Bool) {
    directionsOfSystems = directions
    self.width = width
    self.systemCount = systemCount
    self.usesSoftplus = usesSoftplus
  }

  package var parameterNames: [String] { [timestepName, "h"] }
  package let directions = 1
  package let isCircular = true
  package var readsReversedCopy: Bool { directionsOfSystems == .halfSpectraOfCopy }

  package func kernel(_ parameters: [[Double]], length: Int) -> [Double] {
    let rows = parameters[0].count
    let systemRows = rows / width * systemCount
    let count = parameters[1].count / systemRows / 2
    let samples = (0..<rows).map { index in
      let stored = parameters[0][index]
      let row = index / width * systemCount + index % width % systemCount
      let system = HankelSystem(
        markovParameters: (0..<count).map { Complex(parameters[1][2 * (row * count + $0)], parameters[1][2 * (row * count + $0) + 1]) },
        timestep: usesSoftplus ? log(1 + exp(stored)) : exp(stored))
      return system.samples(count: directionsOfSystems == .halfSpectra ? length / 2 : length)
    }
    switch directionsOfSystems {
    case .forward: return samples.flatMap(FrequencySamples.kernel)
    case .both:
      let reversed = samples.suffix(rows / 2).map(FrequencySamples.kernel).flatMap { [$0[0]] + $0.dropFirst().reversed() }
      return samples.prefix(rows / 2).flatMap(FrequencySamples.kernel) + reversed
    case .halfSpectra, .halfSpectraOfCopy:
      return (0..<rows / 2).flatMap {
        FrequencySamples.kernel(FrequencySamples.halfSpectra(first: samples[$0], second: samples[rows / 2 + $0]))
      }
    }
  }
}

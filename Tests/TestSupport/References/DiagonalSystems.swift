import Arrays
import ComplexModule
import Foundation
import StateSpace

extension DiagonalSystem {
  /// The systems behind stored arrays, one for each channel.
  ///
  /// - Parameters:
  ///   - timestep: log Δ, shape [H].
  ///   - decay: log(−Re λ), shape [H, N].
  ///   - frequency: Im λ, shape [H, N].
  ///   - outputWeights: C as (re, im), shape [1, H, N, 2].
  package static func channels(timestep: Tensor, decay: Tensor, frequency: Tensor, outputWeights: Tensor) -> [DiagonalSystem] {
    let modeCount = frequency.shape[1]
    let (decays, frequencies, weights) = (decay.doubles, frequency.doubles, outputWeights.doubles)
    return timestep.doubles.enumerated().map { channel, logTimestep in
      let modes = channel * modeCount..<(channel + 1) * modeCount
      return DiagonalSystem(
        poles: modes.map { Complex(-exp(decays[$0]), frequencies[$0]) },
        outputWeights: modes.map { Complex(weights[2 * $0], weights[2 * $0 + 1]) }, timestep: exp(logTimestep))
    }
  }
}

extension DiagonalKernelGradient {
  /// With respect to C as (re, im), shape [N, 2].
  package var outputWeightPairs: [Double] { outputWeights.flatMap { [$0.real, $0.imaginary] } }
}

extension DampedFourierSystem {
  /// The system of one channel.
  ///
  /// - Parameters:
  ///   - dampings: log ξ, shape [H].
  ///   - angles: Ω, shape [H, N].
  ///   - outputWeights: C as (re, im), shape [1, H, N, 2].
  package static func channel(
    _ channel: Int, dampings: [Double], angles: [Double], outputWeights: [Double], modeCount: Int
  ) -> DampedFourierSystem {
    let modes = channel * modeCount..<(channel + 1) * modeCount
    return DampedFourierSystem(
      damping: exp(dampings[channel]), angles: Array(angles[modes]),
      outputWeights: modes.map { Complex(outputWeights[2 * $0], outputWeights[2 * $0 + 1]) })
  }
}

import Arrays
import Foundation

/// Sums of four cosines, whose amplitudes are to be found. Made on the fly: stored, the two splits take 5 GB.
///
/// - Source: TFB's waves_gen.py. There the test amplitudes have no seed; here each sample has its own stream.
package struct WaveTask: Sendable {
  package enum Samples: Sendable, Equatable {
    /// Every combination of the amplitudes 0.1, 0.2 … 1; the last frequency's changes fastest.
    case training
    /// Independent amplitudes, uniform on [0, 1).
    case test
  }

  /// Radians per second.
  package static let frequencies: [Double] = [1, 16, 256, 4096]
  package static let timestep = 1e-4
  private static let levelCount = 10
  /// Samples of training.
  package static let gridSize = frequencies.reduce(1) { count, _ in count * levelCount }

  package let sequenceLength: Int
  package let testCount: Int
  private let seed: UInt64
  /// cos(f·t), shape [4, L].
  private let waves: [[Double]]

  /// - Parameter sequenceLength: 62,832 steps are one period of the slowest wave.
  package init(sequenceLength: Int = 62_832, testCount: Int = 10_000, seed: UInt64) {
    precondition(sequenceLength > 0 && testCount >= 0, "WaveTask: \(sequenceLength) steps, \(testCount) samples")
    self.sequenceLength = sequenceLength
    self.testCount = testCount
    self.seed = seed
    waves = Self.frequencies.map { frequency in (0..<sequenceLength).map { cos(frequency * (Double($0) * Self.timestep)) } }
  }

  package func count(of samples: Samples) -> Int {
    samples == .test ? testCount : Self.gridSize
  }

  /// a_1 … a_4 of a sample: the target.
  ///
  /// - Precondition: `0 <= index < count(of: samples)`.
  package func amplitudes(_ index: Int, of samples: Samples) -> [Double] {
    precondition(index >= 0 && index < count(of: samples), "WaveTask: sample \(index) of \(count(of: samples))")
    switch samples {
    case .training:
      var rest = index
      let levels = Self.frequencies.map { _ in
        defer { rest /= Self.levelCount }
        return rest % Self.levelCount
      }
      return levels.reversed().map { Double($0 + 1) / Double(Self.levelCount) }
    case .test:
      var stream = RandomStream(seed: seed, purpose: .generation, lane: UInt32(index))
      return Self.frequencies.map { _ in stream.uniform() }
    }
  }

  /// Σ_j a_j·cos(f_j·t), shape [L].
  package func input(_ amplitudes: [Double]) -> [Double] {
    (0..<sequenceLength).map { step in
      var sum = 0.0
      for (wave, amplitude) in zip(waves, amplitudes) { sum += amplitude * wave[step] }
      return sum
    }
  }

  /// Inputs of shape [B, 1, L] and amplitudes of shape [B, 4].
  package func batch(_ indices: some Collection<Int>, of samples: Samples) -> (input: HostArray, target: HostArray) {
    let targets = indices.map { amplitudes($0, of: samples) }
    return (
      HostArray([indices.count, 1, sequenceLength], values: targets.flatMap(input).map { Float($0) }),
      HostArray([indices.count, Self.frequencies.count], values: targets.joined().map { Float($0) })
    )
  }
}

import Arrays
import ComplexModule
import LinearAlgebra

/// Continuous copying: the target is the input, a fixed number of steps later. Made on the fly, never stored.
///
/// Inputs are white noise below a cut-off frequency: independent complex normal numbers for every bin of the spectrum up to the cut-off, none
/// above, scaled so that the root mean square stays 0.5, and shifted so that the first value is 0.
///
/// - Source: state-spaces/s4, src/dataloaders/datasets/delay.py and utils/signal.py; DFOUT, Figure 4.
package struct DelayTask: Sendable {
  /// Which sequences: new ones in each epoch, or the same ones at every evaluation.
  package enum Samples: Sendable, Equatable {
    case training(epoch: Int)
    case evaluation
  }

  private static let rootMeanSquare = 0.5

  package let sequenceLength: Int
  package let lag: Int
  /// Highest bin that is not empty; bins are 1 / (length · timestep) apart.
  package let lastBin: Int
  package let trainingCount: Int
  package let evaluationCount: Int
  private let seed: UInt64
  private let transform: DiscreteFourierTransform

  /// - Parameters:
  ///   - sequenceLength: L; an odd one is cut from a spectrum of length L + 1.
  ///   - lag: τ, in steps.
  ///   - timestep: seconds between two steps.
  ///   - cutoff: highest frequency, in hertz.
  /// - Precondition: 0 < lag < L, and the cut-off lies between the first bin and half the sampling rate.
  package init(
    sequenceLength: Int = 4000, lag: Int = 1000, timestep: Double = 0.00025, cutoff: Double = 1000, trainingCount: Int = 16_384,
    evaluationCount: Int = 1024, seed: UInt64
  ) {
    let length = sequenceLength + sequenceLength % 2
    let lastBin = Int((cutoff * Double(length) * timestep * (1 + 1e-12)).rounded(.down))
    precondition(lag > 0 && lag < sequenceLength, "DelayTask: lag \(lag) of \(sequenceLength) steps")
    precondition(lastBin > 0 && lastBin <= length / 2, "DelayTask: a cut-off of \(cutoff) Hz is bin \(lastBin) of \(length / 2)")
    self.sequenceLength = sequenceLength
    self.lag = lag
    self.lastBin = lastBin
    self.trainingCount = trainingCount
    self.evaluationCount = evaluationCount
    self.seed = seed
    transform = DiscreteFourierTransform(length: length)
  }

  package func count(of samples: Samples) -> Int { samples == .evaluation ? evaluationCount : trainingCount }

  /// One sequence, shape [L].
  ///
  /// - Precondition: `0 <= index < count(of: samples)`.
  package func input(_ index: Int, of samples: Samples) -> [Double] {
    precondition(index >= 0 && index < count(of: samples), "DelayTask: sample \(index) of \(count(of: samples))")
    var stream = RandomStream(seed: seed, purpose: .generation, lane: lane(index, samples))
    let last = transform.length / 2
    // Bin 0 stays empty; dividing by the share of filled bins keeps the power of the signal.
    let share = 1 - Double(last - lastBin) / Double(last)
    let scale = Self.rootMeanSquare * (0.5 / share).squareRoot() * Double(2 * last).squareRoot()
    var spectrum = [Complex<Double>](repeating: .zero, count: last + 1)
    for bin in 1...lastBin { spectrum[bin] = Complex(stream.normal() * scale, stream.normal() * scale) }
    let signal = transform.realInverse(spectrum)
    return signal[..<sequenceLength].map { $0 - signal[0] }
  }

  /// y[k] = x[k − lag], 0 for the first `lag` steps.
  package func target(of input: [Double]) -> [Double] {
    [Double](repeating: 0, count: lag) + input.dropLast(lag)
  }

  /// Input and target of some sequences, both of shape [B, 1, L].
  package func batch(_ indices: some Collection<Int>, of samples: Samples) -> (input: HostArray, target: HostArray) {
    let inputs = indices.map { input($0, of: samples) }
    let shape = [indices.count, 1, sequenceLength]
    return (
      HostArray(shape, values: inputs.joined().map { Float($0) }), HostArray(shape, values: inputs.flatMap(target).map { Float($0) })
    )
  }

  /// Evaluation takes the first lanes, each epoch of training its own ones behind them.
  private func lane(_ index: Int, _ samples: Samples) -> UInt32 {
    switch samples {
    case .evaluation: UInt32(index)
    case .training(let epoch): UInt32(evaluationCount + epoch * trainingCount + index)
    }
  }
}

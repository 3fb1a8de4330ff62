import Arrays
import Datasets
import Foundation
import LinearAlgebra
import RunSupport

/// Mean spectra of sequences of three tasks: pictures read row by row repeat with their width, tokens do not.
///
/// - Source: DFOUT, Figure 7 (d)–(f): magnitude in dB of the Fourier transform of 10,000 random sequences. Which data are there decides
///   which sequences are taken, and how many; the table `-data` says so. A task without prepared data has no table.
struct DataSpectra: AnalyticResult {
  let name = "dfout-figure-7-spectra"
  let paper = AnalyticPaper.dfout
  let title = "DFOUT, Figure 7 (d)–(f): spectra of the data"

  /// The paper's number of sequences of each task.
  private static let sequenceCount = 10_000
  private static let seed: UInt64 = 1
  /// Sequences whose spectra are summed at a time: the same ones on any number of cores, so that sums round alike.
  private static let blockSize = 50

  func tables(_ context: AnalyticContext) throws -> [AnalyticTable] {
    var data = table("data", columns: ["task", "folder", "origin", "sequences", "length_steps"])
    var spectra: [AnalyticTable] = []
    for task in SpectrumTask.allCases {
      guard let folder = task.folder(in: context.preparedData) else {
        data.append(task.rawValue, "", "missing", 0, 0)
        continue
      }
      let source = try PreparedDataset(directory: "\(context.preparedData)/\(folder.path)")
      let samples = Self.samples(of: source, limit: context.sized(Self.sequenceCount, tiny: 40))
      let length = source.card.sequenceLength
      let powers = Self.meanPowers(source, samples, length: length)
      var table = table(task.rawValue, columns: ["bin", "angle_radians_per_step", "decibels"])
      for (bin, power) in powers.enumerated() {
        table.append(bin, 2 * .pi * Double(bin) / Double(length), power > 0 ? 10 * Double.log10(power) : .nan)
      }
      spectra.append(table)
      data.append(task.rawValue, folder.path, folder.origin, samples.count, length)
    }
    return [data] + spectra
  }

  /// A sequence: its split and its place there.
  private struct Sample: Sendable {
    var split: Split
    var position: Int
  }

  /// Random sequences of all splits, or all of them if there are no more than the limit.
  private static func samples(of source: PreparedDataset, limit: Int) -> [Sample] {
    let all = Split.allCases.flatMap { split in (0..<source.count(of: split)).map { Sample(split: split, position: $0) } }
    var stream = RandomStream(seed: seed, purpose: .shuffle)
    return stream.permutation(all.count).prefix(limit).sorted().map { all[$0] }
  }

  /// |X|²/L, the mean over sequences, for each bin from 0 to L/2. Token sequences end in padding with 0, as a model sees them.
  private static func meanPowers(_ source: PreparedDataset, _ samples: [Sample], length: Int) -> [Double] {
    let transform = DiscreteFourierTransform(length: length)
    let blocks = Split.allCases.flatMap { split in
      let positions = samples.filter { $0.split == split }.map(\.position)
      return stride(from: 0, to: positions.count, by: blockSize).map { start in
        (split, Array(positions[start..<min(start + blockSize, positions.count)]))
      }
    }
    let sums = orderedMap(blocks) { split, positions in
      sequences(source.batch(positions, of: split), length: length).reduce(into: [Double](repeating: 0, count: length / 2 + 1)) {
        for (bin, power) in transform.power(of: $1).enumerated() { $0[bin] += power }
      }
    }
    let total = sums.reduce(into: [Double](repeating: 0, count: length / 2 + 1)) {
      for bin in $0.indices { $0[bin] += $1[bin] }
    }
    return total.map { $0 / Double(samples.count * length) }
  }

  /// The rows of a batch, as long as the task's longest sequence; of several channels the first.
  private static func sequences(_ batch: Batch, length: Int) -> [[Double]] {
    switch batch.input {
    case .values(let tensor):
      let values = tensor.values()
      let stride = tensor.shape[1] * tensor.shape[2]
      return (0..<tensor.shape[0]).map { row in values[row * stride..<row * stride + length].map { Double($0) } }
    case .frames: preconditionFailure("DataSpectra: videos are read as values")
    case .tokens(let tokens, let batchSize, let longest):
      return (0..<batchSize).map { row in
        tokens[row * longest..<(row + 1) * longest].map { Double($0) } + [Double](repeating: 0, count: length - longest)
      }
    }
  }
}

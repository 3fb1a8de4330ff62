import Arrays
import Datasets
import Foundation
import SequenceModels

/// Signed impulse responses of single channels before and after training: of the first layer's first direction, the channels whose trained
/// responses have the most energy Σ K².
///
/// As in `KernelReport` they are those that the model convolves with, filters included, at the length at which it does.
///
/// - Source: the quantity of DFOUT, Figures 1 and 4 (right), and of HOPE's impulse responses.
package struct ResponseReport: RunReport {
  private static let channelCount = 3

  private let largestLagCount: Int

  /// - Parameter lagCount: at most so many first lags are written.
  package init(lagCount: Int) { largestLagCount = lagCount }

  package func tables(_ run: ReportedRun) -> [ReportTable] {
    guard let initial = run.initial as? any HasKernels, let trained = run.trained as? any HasKernels else { return [] }
    let text = csv(initial: initial, trained: trained, sequenceLength: run.sequenceLength, probe: run.probe)
    return [ReportTable(ResponseColumn.self, text)]
  }

  /// The lines of `responses.csv`, header included; ranks by energy and channels from 1, lags from 0.
  ///
  /// - Parameters:
  ///   - sequenceLength: steps of the longest sample.
  ///   - probe: through which the model was trained.
  package func csv(initial: any HasKernels, trained: any HasKernels, sequenceLength: Int, probe: Probe = .whole) -> String {
    let length = trained.kernelLength(sequenceLength: sequenceLength.steps(keepingEvery: probe.samplingRate))
    let lagCount = min(length, probe.kernelLength ?? length, largestLagCount)
    var table = RunTable<ResponseColumn>()
    guard let before = initial.kernels(length: length).first, let after = trained.kernels(length: length).first else { return table.text }
    let (first, last) = (rows(before, lagCount), rows(after, lagCount))
    let energies = last.map { $0.reduce(Float(0)) { $0 + $1 * $1 } }
    // Of equal energies the earlier channel comes first, so that equal weights give equal files.
    let order = energies.indices.sorted { (-energies[$0], $0) < (-energies[$1], $1) }
    for (rank, channel) in order.prefix(Self.channelCount).enumerated() {
      for lag in 0..<lagCount {
        table.append([rank + 1, channel + 1, lag] + [first[channel][lag], last[channel][lag]].map { String(format: "%.6g", $0) })
      }
    }
    return table.text
  }

  /// The first lags of each channel of the first direction.
  private func rows(_ kernel: HostArray, _ lagCount: Int) -> [ArraySlice<Float>] {
    let (width, length) = (kernel.shape[1], kernel.shape[2])
    let values = kernel.values()
    return (0..<width).map { channel in
      let row = values[channel * length..<channel * length + lagCount]
      return ArraySlice(Array(row))
    }
  }
}

import Arrays
import Datasets
import Foundation
import SequenceModels
import Vocabulary

/// Signed impulse responses of single channels before and after training: of the first layer's first direction, the channels whose trained
/// responses have the most energy Σ K².
///
/// As in `KernelReport` they are those that the model convolves with, filters included, at the length at which it does.
///
/// - Source: the quantity of DFOUT, Figures 1 and 4 (right), and of HOPE's impulse responses.
package struct ResponseReport {
  private static let channelCount = 3
  /// Of layers; several rows of small pictures.
  private static let layerLagCount = 1024
  /// Of the delay task, whose one system must look back a thousand steps and more.
  private static let bankLagCount = 4096

  private let length: Int
  private let lagCount: Int

  /// - Parameters:
  ///   - sequenceLength: steps of the longest sample.
  ///   - probe: through which the model was trained.
  package init(_ model: ModelSpecification, sequenceLength: Int, probe: Probe = .whole) {
    length = sequenceLength.steps(keepingEvery: probe.samplingRate) * (model.blocks?.appendsReversal == true ? 2 : 1)
    lagCount = min(length, probe.kernelLength ?? length, model.kind == .delay ? Self.bankLagCount : Self.layerLagCount)
  }

  /// The lines of `responses.csv`, header included; ranks by energy and channels from 1, lags from 0.
  package func csv(initial: any SequenceModel, trained: any SequenceModel) -> String {
    var lines = [ResponseColumn.header]
    guard let before = initial.kernels(length: length).first, let after = trained.kernels(length: length).first else {
      return lines[0] + "\n"
    }
    let (first, last) = (rows(before), rows(after))
    let energies = last.map { $0.reduce(Float(0)) { $0 + $1 * $1 } }
    // Of equal energies the earlier channel comes first, so that equal weights give equal files.
    let order = energies.indices.sorted { (-energies[$0], $0) < (-energies[$1], $1) }
    for (rank, channel) in order.prefix(Self.channelCount).enumerated() {
      for lag in 0..<lagCount {
        let values = [first[channel][lag], last[channel][lag]].map { String(format: "%.6g", $0) }
        lines.append("\(rank + 1),\(channel + 1),\(lag),\(values.joined(separator: ","))")
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The first lags of each channel of the first direction.
  private func rows(_ kernel: HostArray) -> [ArraySlice<Float>] {
    let (width, length) = (kernel.shape[1], kernel.shape[2])
    let values = kernel.values()
    return (0..<width).map { channel in
      let row = values[channel * length..<channel * length + lagCount]
      return ArraySlice(Array(row))
    }
  }
}

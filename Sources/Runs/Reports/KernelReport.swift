import Arrays
import Datasets
import SequenceModels
import Vocabulary

/// How training changed the impulse responses: the mean over channels of |K[lag]| in each layer.
///
/// Kernels are computed at the length at which the model uses them, because a filter, or a kernel on a circle, depends on it; then the first
/// lags are kept. Layers and lags that the probe of the training leaves out are left out here. The systems run at their own rate, so lags
/// count steps of the whole signal, also where the probe keeps only some of them.
///
/// - Source: the quantity of DFOUT, Figure 7 (a)–(c).
package struct KernelReport {
  private static let maximumLagCount = 1024

  /// Points of each kernel as the model computes it.
  private let length: Int
  private let lagCount: Int
  private let layerCount: Int

  /// - Parameters:
  ///   - sequenceLength: steps of the longest sample.
  ///   - probe: through which the model was trained.
  package init(_ model: ModelSpecification, sequenceLength: Int, probe: Probe = .whole) {
    length = sequenceLength.steps(keepingEvery: probe.samplingRate) * (model.blocks?.appendsReversal == true ? 2 : 1)
    lagCount = min(length, probe.kernelLength ?? length, Self.maximumLagCount)
    layerCount = probe.layerCount ?? .max
  }

  /// The lines of `kernels.csv`, header included; layers and directions from 1, lags 0 to at most 1,023.
  package func csv(initial: any SequenceModel, trained: any SequenceModel) -> String {
    let before = means(initial)
    let after = means(trained)
    var lines = [KernelColumn.header]
    for (layer, (first, last)) in zip(before, after).enumerated() {
      for direction in first.indices {
        for lag in 0..<lagCount { lines.append("\(layer + 1),\(direction + 1),\(lag),\(first[direction][lag]),\(last[direction][lag])") }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Of each layer and direction: the mean over channels of |K[lag]|.
  private func means(_ model: any SequenceModel) -> [[[Float]]] {
    model.kernels(length: length).prefix(layerCount).map { kernel in
      (0..<kernel.shape[0]).map { meanModulus(kernel, direction: $0) }
    }
  }

  private func meanModulus(_ kernel: HostArray, direction: Int) -> [Float] {
    let (width, length) = (kernel.shape[1], kernel.shape[2])
    let values = kernel.values()
    return (0..<lagCount).map { lag in
      var sum: Float = 0
      for channel in 0..<width { sum += abs(values[(direction * width + channel) * length + lag]) }
      return sum / Float(width)
    }
  }
}

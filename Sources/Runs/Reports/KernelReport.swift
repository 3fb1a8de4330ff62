import Arrays
import Datasets
import SequenceModels

/// How training changed the impulse responses: the mean over channels of |K[lag]| in each layer.
///
/// Kernels are computed at the length at which the model uses them, because a filter, or a kernel on a circle, depends on it; then the first
/// lags are kept. Layers and lags that the probe of the training leaves out are left out here. The systems run at their own rate, so lags
/// count steps of the whole signal, also where the probe keeps only some of them.
///
/// - Source: the quantity of DFOUT, Figure 7 (a)–(c).
package struct KernelReport: RunReport {
  private static let maximumLagCount = 1024

  package init() {}

  package func tables(_ run: ReportedRun) -> [ReportTable] {
    guard let initial = run.initial as? any HasKernels, let trained = run.trained as? any HasKernels else { return [] }
    let text = csv(initial: initial, trained: trained, sequenceLength: run.sequenceLength, probe: run.probe)
    return [ReportTable(KernelColumn.self, text)]
  }

  /// The lines of `kernels.csv`, header included; layers and directions from 1, lags 0 to at most 1,023.
  ///
  /// - Parameters:
  ///   - sequenceLength: steps of the longest sample.
  ///   - probe: through which the model was trained.
  package func csv(initial: any HasKernels, trained: any HasKernels, sequenceLength: Int, probe: Probe = .whole) -> String {
    let length = trained.kernelLength(sequenceLength: sequenceLength.steps(keepingEvery: probe.samplingRate))
    let lagCount = min(length, probe.kernelLength ?? length, Self.maximumLagCount)
    // Of each layer and direction: the mean over channels of |K[lag]|.
    let means = [initial, trained].map { model in
      model.kernels(length: length).enumerated().filter { probe.usesSystems(ofLayer: $0.offset) }.map { _, kernel in
        (0..<kernel.shape[0]).map { meanModulus(kernel, direction: $0, lagCount: lagCount) }
      }
    }
    var table = RunTable<KernelColumn>()
    for (layer, (first, last)) in zip(means[0], means[1]).enumerated() {
      for direction in first.indices {
        for lag in 0..<lagCount { table.append([layer + 1, direction + 1, lag, first[direction][lag], last[direction][lag]]) }
      }
    }
    return table.text
  }

  private func meanModulus(_ kernel: HostArray, direction: Int, lagCount: Int) -> [Float] {
    let (width, length) = (kernel.shape[1], kernel.shape[2])
    let values = kernel.values()
    return (0..<lagCount).map { lag in
      var sum: Float = 0
      for channel in 0..<width { sum += abs(values[(direction * width + channel) * length + lag]) }
      return sum / Float(width)
    }
  }
}

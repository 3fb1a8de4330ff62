import Arrays
import SequenceModels

/// How training changed the impulse responses: the mean over channels of |K[lag]| in each layer.
///
/// - Source: the quantity of DFOUT, Figure 7 (a)–(c).
package enum KernelReport {
  private static let maximumLagCount = 1024

  /// The lines of `kernels.csv`, header included; lags 0 to at most 1,023.
  package static func csv(initial: any SequenceModel, trained: any SequenceModel, sequenceLength: Int) -> String {
    let length = min(sequenceLength, maximumLagCount)
    let before = initial.kernels(length: length)
    let after = trained.kernels(length: length)
    var lines = ["layer,direction,lag,initial,trained"]
    for (layer, (first, last)) in zip(before, after).enumerated() {
      for direction in 0..<first.shape[0] {
        let means = (meanModulus(first, direction: direction), meanModulus(last, direction: direction))
        for lag in 0..<length { lines.append("\(layer + 1),\(direction + 1),\(lag),\(means.0[lag]),\(means.1[lag])") }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func meanModulus(_ kernel: Tensor, direction: Int) -> [Float] {
    let (width, length) = (kernel.shape[1], kernel.shape[2])
    let values = kernel.values()
    return (0..<length).map { lag in
      var sum: Float = 0
      for channel in 0..<width { sum += abs(values[(direction * width + channel) * length + lag]) }
      return sum / Float(width)
    }
  }
}

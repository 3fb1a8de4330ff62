/// Batch norm over batch and time of [B, H, L], in Double.
package enum BatchNormalizationReference {
  /// Mean and biased variance of each channel.
  package static func statistics(_ input: [Double], width: Int, batch: Int, length: Int) -> (mean: [Double], variance: [Double]) {
    var means: [Double] = []
    var variances: [Double] = []
    for channel in 0..<width {
      let values = (0..<batch).flatMap { sample in (0..<length).map { input[(sample * width + channel) * length + $0] } }
      let mean = values.reduce(0, +) / Double(values.count)
      means.append(mean)
      variances.append(values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
    }
    return (means, variances)
  }

  package static func forward(
    _ input: [Double], scale: [Double], shift: [Double], mean: [Double], variance: [Double], length: Int
  ) -> [Double] {
    input.enumerated().map { index, value in
      let channel = index / length % scale.count
      return (value - mean[channel]) / (variance[channel] + 1e-5).squareRoot() * scale[channel] + shift[channel]
    }
  }

  /// With the statistics of the input itself.
  package static func forwardTraining(_ input: [Double], scale: [Double], shift: [Double], batch: Int, length: Int) -> [Double] {
    let (mean, variance) = statistics(input, width: scale.count, batch: batch, length: length)
    return forward(input, scale: scale, shift: shift, mean: mean, variance: variance, length: length)
  }
}

import Vocabulary

/// Layer and batch norm in Double, forward and backward. Sequences are row-major [B, H, L].
///
/// Values that are normalised together have mean 0 and variance 1 (biased, plus ε), then each channel its own scale and shift.
///
/// - Source: the modules of the reference framework.
package struct ReferenceNormalization: Sendable {
  /// Layer norm takes the channels of one step of one sequence together, batch norm all steps of all sequences of one channel.
  package var kind: BlocksSpecification.Normalization
  /// Shape [H].
  package var scale: [Double]
  /// Shape [H].
  package var shift: [Double]
  /// ε.
  package var epsilon: Double

  package init(_ kind: BlocksSpecification.Normalization, scale: [Double], shift: [Double], epsilon: Double = 1e-5) {
    self.kind = kind
    self.scale = scale
    self.shift = shift
    self.epsilon = epsilon
  }

  /// Mean and biased variance of each group of values that are normalised together, of each channel for batch norm.
  package struct Statistics: Sendable {
    package var means: [Double]
    package var variances: [Double]

    package init(means: [Double], variances: [Double]) {
      self.means = means
      self.variances = variances
    }

    /// A batch norm's running statistics after a batch of `count` values a channel: a tenth towards the batch's, with the unbiased variance.
    package func moved(towards batch: Statistics, count: Int) -> Statistics {
      Statistics(
        means: zip(means, batch.means).map { 0.9 * $0 + 0.1 * $1 },
        variances: zip(variances, batch.variances).map { 0.9 * $0 + 0.1 * $1 * Double(count) / Double(count - 1) })
    }
  }

  /// The statistics of an input.
  package func statistics(_ input: [Double], length: Int) -> Statistics {
    let groups = groups(count: input.count, length: length)
    let means = groups.map { $0.reduce(0) { $0 + input[$1] } / Double(groups[0].count) }
    let variances = zip(groups, means).map { group, mean in
      group.reduce(0) { $0 + (input[$1] - mean) * (input[$1] - mean) } / Double(group.count)
    }
    return Statistics(means: means, variances: variances)
  }

  /// - Parameter statistics: given ones, as batch norm has in evaluation; nil means those of the input.
  package func forward(_ input: [Double], statistics: Statistics? = nil, length: Int) -> [Double] {
    normalized(input, statistics, length: length).values.enumerated().map { index, value in
      scale[channel(index, length)] * value + shift[channel(index, length)]
    }
  }

  /// Gradients of Σ y·w.
  package struct Gradient: Sendable {
    package fileprivate(set) var input: [Double]
    package fileprivate(set) var scale: [Double]
    package fileprivate(set) var shift: [Double]
  }

  /// - Parameter statistics: as in the forward pass; given ones do not depend on the input.
  package func backward(outputGradient: [Double], input: [Double], statistics: Statistics? = nil, length: Int) -> Gradient {
    let (normalized, deviations) = normalized(input, statistics, length: length)
    var gradient = Gradient(input: input.map { _ in 0 }, scale: scale.map { _ in 0 }, shift: shift.map { _ in 0 })
    for (index, slope) in outputGradient.enumerated() {
      gradient.scale[channel(index, length)] += slope * normalized[index]
      gradient.shift[channel(index, length)] += slope
    }
    for (group, deviation) in zip(groups(count: input.count, length: length), deviations) {
      let slopes = group.map { scale[channel($0, length)] * outputGradient[$0] }
      let isGiven = statistics != nil
      let mean = isGiven ? 0 : slopes.reduce(0, +) / Double(group.count)
      let projection = isGiven ? 0 : zip(group, slopes).reduce(0) { $0 + $1.1 * normalized[$1.0] } / Double(group.count)
      for (index, slope) in zip(group, slopes) {
        gradient.input[index] = (slope - mean - normalized[index] * projection) / deviation
      }
    }
    return gradient
  }

  /// (x − mean)/deviation of each value, and the deviation of each group.
  private func normalized(_ input: [Double], _ given: Statistics?, length: Int) -> (values: [Double], deviations: [Double]) {
    let statistics = given ?? statistics(input, length: length)
    let deviations = statistics.variances.map { ($0 + epsilon).squareRoot() }
    var values = input
    for (number, group) in groups(count: input.count, length: length).enumerated() {
      for index in group { values[index] = (input[index] - statistics.means[number]) / deviations[number] }
    }
    return (values, deviations)
  }

  /// Flat places of the values that are normalised together.
  private func groups(count: Int, length: Int) -> [[Int]] {
    let width = scale.count
    let samples = count / (width * length)
    switch kind {
    case .layer:
      return (0..<samples * length).map { place in
        (0..<width).map { (place / length * width + $0) * length + place % length }
      }
    case .batch:
      return (0..<width).map { channel in
        (0..<samples * length).map { (($0 / length) * width + channel) * length + $0 % length }
      }
    }
  }

  private func channel(_ index: Int, _ length: Int) -> Int { index / length % scale.count }
}

/// A linear map of channels at every time step, [B, inputs, L] → [B, outputs, L].
package struct ReferenceMixing: Sendable {
  /// Shape [outputs, inputs].
  package var weight: [Double]
  /// Shape [outputs].
  package var bias: [Double]

  package init(weight: [Double], bias: [Double]) {
    self.weight = weight
    self.bias = bias
  }

  package var inputCount: Int { bias.isEmpty ? 0 : weight.count / bias.count }

  package func forward(_ input: [Double], length: Int) -> [Double] {
    var result: [Double] = []
    for sample in 0..<sampleCount(input, length) {
      for (output, offset) in bias.enumerated() {
        for time in 0..<length {
          result.append(
            (0..<inputCount).reduce(offset) {
              $0 + weight[output * inputCount + $1] * input[(sample * inputCount + $1) * length + time]
            })
        }
      }
    }
    return result
  }

  /// Gradients of Σ output·w, shapes as the arguments'.
  package struct Gradient: Sendable {
    package fileprivate(set) var input: [Double]
    package fileprivate(set) var weight: [Double]
    package fileprivate(set) var bias: [Double]
  }

  package func backward(outputGradient: [Double], input: [Double], length: Int) -> Gradient {
    var gradient = Gradient(input: input.map { _ in 0 }, weight: weight.map { _ in 0 }, bias: bias.map { _ in 0 })
    for (index, slope) in outputGradient.enumerated() {
      let (sample, output, time) = (index / (bias.count * length), index / length % bias.count, index % length)
      gradient.bias[output] += slope
      for channel in 0..<inputCount {
        let source = (sample * inputCount + channel) * length + time
        gradient.weight[output * inputCount + channel] += slope * input[source]
        gradient.input[source] += slope * weight[output * inputCount + channel]
      }
    }
    return gradient
  }

  private func sampleCount(_ input: [Double], _ length: Int) -> Int { input.count / max(1, inputCount * length) }
}

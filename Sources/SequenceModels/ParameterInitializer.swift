import Arrays
import Foundation

/// Draws initial values; one stream, read in the order in which the model is built.
struct ParameterInitializer {
  private var stream: RandomStream

  init(seed: UInt64) { stream = RandomStream(seed: seed, purpose: .initialization) }

  mutating func uniform(_ shape: [Int], bound: Double) -> Tensor {
    fill(shape) { $0.uniform(-bound..<bound) }
  }

  mutating func normal(_ shape: [Int], deviation: Double = 1) -> Tensor {
    fill(shape) { deviation * $0.normal() }
  }

  /// Logarithms uniform on [log minimum, log maximum].
  mutating func logUniform(_ count: Int, minimum: Double, maximum: Double) -> [Double] {
    (0..<count).map { _ in exp(log(minimum) + (log(maximum) - log(minimum)) * stream.uniform()) }
  }

  /// Weight [outputs, inputs] and bias [outputs], uniform on ±1/√inputs: the default of the reference framework's linear maps.
  mutating func linear(inputs: Int, outputs: Int) -> (weight: Tensor, bias: Tensor) {
    let bound = 1 / Double(max(1, inputs)).squareRoot()
    let weight = uniform([outputs, inputs], bound: bound)
    return (weight, uniform([outputs], bound: bound))
  }

  private mutating func fill(_ shape: [Int], _ draw: (inout RandomStream) -> Double) -> Tensor {
    Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in Float(draw(&stream)) })
  }
}

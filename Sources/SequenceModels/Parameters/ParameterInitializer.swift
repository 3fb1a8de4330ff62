import Arrays
import ComplexModule
import Foundation
import Operations
import StateSpace
import Vocabulary

/// Draws initial values; one stream, read in the order in which the model is built.
package struct ParameterInitializer {
  private var stream: RandomStream

  package init(seed: UInt64) { stream = RandomStream(seed: seed, purpose: .initialization) }

  mutating func uniform(_ shape: [Int], bound: Double) -> Tensor {
    fill(shape) { $0.uniform(-bound..<bound) }
  }

  mutating func normal(_ shape: [Int], deviation: Double = 1) -> Tensor {
    fill(shape) { deviation * $0.normal() }
  }

  /// Positive numbers whose logarithms are uniform on [log minimum, log maximum], in their stored form.
  mutating func logUniform(_ count: Int, minimum: Double, maximum: Double, stored transform: TimestepTransform) -> Tensor {
    fill([count]) { transform.stored(exp(log(minimum) + (log(maximum) - log(minimum)) * $0.uniform())) }
  }

  /// The stored poles of a system of `modeCount` pairs.
  mutating func poles(_ initialization: PoleInitialization, modeCount: Int) throws -> [Complex<Double>] {
    try InitialPoles.poles(initialization, stateSize: 2 * modeCount, using: &stream)
  }

  /// Weight [outputs, inputs] and bias [outputs], uniform on ±1/√inputs: the default of the reference framework's linear maps.
  mutating func linear(inputs: Int, outputs: Int) -> (weight: Tensor, bias: Tensor) {
    let bound = 1 / Double(max(1, inputs)).squareRoot()
    let weight = uniform([outputs, inputs], bound: bound)
    return (weight, uniform([outputs], bound: bound))
  }

  mutating func fill(_ shape: [Int], _ draw: (inout RandomStream) -> Double) -> Tensor {
    Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in Float(draw(&stream)) })
  }
}

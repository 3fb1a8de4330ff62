import Arrays
import ComplexModule
import Operations

extension Tensor {
  /// Values uniform on [-bound, bound), the same for the same lane in every run.
  package static func random(_ shape: [Int], lane: UInt32, bound: Double = 1) -> Tensor {
    var stream = RandomStream(seed: 20_240_607, purpose: .testing, lane: lane)
    return Tensor(shape, values: (0..<shape.reduce(1, *)).map { _ in Float(stream.uniform(-bound..<bound)) })
  }

  /// A copy of all values in row-major order.
  package func values() -> [Float] { downloaded().values() }

  /// The values in Double, for references.
  package var doubles: [Double] { values().map(Double.init) }
}

extension HostArray {
  /// The values in Double, for references.
  package var doubles: [Double] { values().map(Double.init) }
}

/// Σ first[i] · second[i]: the loss whose gradient with respect to `first` is `second`.
package func dotProduct(_ first: [Double], _ second: [Double]) -> Double {
  zip(first, second).reduce(0) { $0 + $1.0 * $1.1 }
}

/// (re, im) pairs end to end, as files store complex numbers.
package func pairs(_ values: [Complex<Double>]) -> [Double] { values.flatMap { [$0.real, $0.imaginary] } }

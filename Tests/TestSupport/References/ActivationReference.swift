import Foundation

/// GELU by the error function of the C library, in Double.
package enum ActivationReference {
  package static func forward(_ input: [Double]) -> [Double] { input.map { $0 * normalDistribution($0) } }

  /// Φ(x).
  package static func normalDistribution(_ x: Double) -> Double { erfc(-x / 2.0.squareRoot()) / 2 }
}

import ComplexModule

/// Who computes what a case holds.
package enum Computation: Sendable, CaseIterable {
  /// The layers, models and optimisers that train, in float32.
  case engine
  /// The slow twin and the theory, in float64.
  case twin

  package var precision: Comparison.Precision { self == .engine ? .float32 : .float64 }
}

/// A computed tensor under the name of the stored one.
struct GoldenResult {
  let tensor: String
  let values: [Double]

  init(_ tensor: String, _ values: [Double]) {
    self.tensor = tensor
    self.values = values
  }

  init(_ tensor: String, _ values: [Complex<Double>]) { self.init(tensor, values.flatMap { [$0.real, $0.imaginary] }) }
}

/// A kind of reference case.
protocol GoldenCase: SendableMetatype {
  /// Everything that the computation can give of a subcase.
  ///
  /// - Throws: `StageError` (`badData`) if the stored tensors do not fit together.
  static func results(of golden: GoldenSubcase, by computation: Computation) throws -> [GoldenResult]
}

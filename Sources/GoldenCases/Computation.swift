import Accelerators
import ComplexModule
import Operations
import Training

/// Who computes what a case holds.
package enum Computation: Sendable {
  /// The layers, models and optimisers that train, in float32.
  case engine(ComputePlace)
  /// The slow twin and the theory, in float64.
  case twin

  /// All that needs no device.
  package static let onProcessor: [Computation] = [.engine(.processor), .twin]

  package var precision: Comparison.Precision { if case .twin = self { .float64 } else { .float32 } }
}

extension CrossEntropy {
  /// The mean loss, a single number.
  static func loss(_ logits: Tensor, labels: Integers, in program: Program?) -> Tensor {
    program.map { Tensor(record($0, logits, labels: labels).loss) } ?? Tensor([], reals: [forward(logits, labels: labels).loss])
  }
}

extension Optimizer {
  /// One update.
  func step(on place: ComputePlace) throws {
    let tensors = moments.flatMap { [$0.parameter.value, $0.parameter.gradient, $0.first, $0.second] }
    _ = try place.run(tensors) { program in
      if let program {
        record(AdamW.StepNumbers(program.constant(nextStepNumbers(factor: 1), [3], .float64)))
      } else {
        step(factor: 1)
      }
      return []
    }
  }
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

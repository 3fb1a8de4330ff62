import Foundation
import Runs
import RunSupport

/// A machine whose steps were measured: how long a step of any shape takes on it.
package struct Machine: Sendable {
  /// `AMD EPYC (AVX2, Haswell)`: processor and code.
  package let name: String
  package let threads: Int
  /// The file that holds the measured times.
  package let file: String
  private let training: WorkFactors
  private let evaluation: WorkFactors

  /// `AMD EPYC (AVX2, Haswell), 2 threads`: what a plan says its hours are for.
  package var text: String { "\(name), \(threads == 1 ? "1 thread" : "\(threads) threads")" }

  /// The machines of a file, in its order.
  ///
  /// - Throws: what `MeasuredStep.read` says, and `badData` if a kind of layer was not measured on one of them.
  package static func all(inFile path: String) throws -> [Machine] {
    let steps = try MeasuredStep.read(fromFile: path)
    return try steps.map(\.machineName).unique().map { name in
      try Machine(name: name, steps.filter { $0.machineName == name }, file: path)
    }
  }

  init(name: String, _ steps: [MeasuredStep], file: String) throws {
    (self.name, self.file) = (name, file)
    threads = steps[0].threads
    training = WorkFactors(steps.map { ($0.shape, $0.trainingMilliseconds) })
    evaluation = WorkFactors(steps.map { ($0.shape, $0.evaluationMilliseconds) })
    let unknown = StepShape.Kind.allCases.filter { !training.know($0) }
    guard unknown.isEmpty else {
      throw StageError(
        .badData, "not every kind of layer was measured on \(name)", where: file,
        why: "there is no row of \(unknown.map(\.rawValue).joined(separator: ", "))",
        fix: "restore the file, or measure again with make calibrate")
    }
  }

  /// Seconds of a training step.
  package func trainingSeconds(_ shape: StepShape) -> Double { training.milliseconds(shape) / 1000 }

  /// Seconds of a forward pass without a backward one.
  package func evaluationSeconds(_ shape: StepShape) -> Double { evaluation.milliseconds(shape) / 1000 }
}

extension MeasuredStep {
  fileprivate var machineName: String { "\(processor) (\(code))" }
}

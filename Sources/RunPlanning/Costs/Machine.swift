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
  /// Milliseconds of the shapes themselves, of a device whose rows are not measurements that scatter.
  private let computed: [StepShape: Double]

  /// Whether its times are computed from compiled programs and not measured.
  package var isComputed: Bool { !computed.isEmpty }

  /// `AMD EPYC (AVX2, Haswell), 2 threads`: what a plan says its hours are for.
  package var text: String { isComputed ? name : "\(name), \(threads == 1 ? "1 thread" : "\(threads) threads")" }

  /// The name in a few words: `AMD EPYC (AVX2, Haswell)`, `NVIDIA H100 (computed)`.
  package var shortName: String { isComputed ? name.prefix { $0 != "(" } + "(computed)" : name }

  /// Where its times come from.
  package var origin: String { isComputed ? "computed, not measured, in \(file) (docs/accelerators.md)" : "measured in \(file)" }

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
    // Programs of one shape that differ, such as with and without dropout, count with their mean.
    let own = steps.filter { $0.code.hasPrefix(DeviceBudget.codePrefix) }
    computed = Dictionary(grouping: own, by: \.shape).mapValues { rows in
      rows.reduce(0) { $0 + $1.trainingMilliseconds } / Double(rows.count)
    }
    let unknown = StepShape.Kind.allCases.filter { !training.know($0) }
    guard unknown.isEmpty else {
      throw StageError(
        .badData, "not every kind of layer was measured on \(name)", where: file,
        why: "there is no row of \(unknown.map(\.rawValue).joined(separator: ", "))",
        fix: "restore the file, or measure again with make calibrate")
    }
  }

  /// Seconds of a training step.
  package func trainingSeconds(_ shape: StepShape) -> Double { (computed[shape] ?? training.milliseconds(shape)) / 1000 }

  /// Seconds of a forward pass without a backward one.
  package func evaluationSeconds(_ shape: StepShape) -> Double {
    (computed[shape].map { $0 * DeviceBudget.evaluationShare } ?? evaluation.milliseconds(shape)) / 1000
  }
}

extension MeasuredStep {
  fileprivate var machineName: String { "\(processor) (\(code))" }
}

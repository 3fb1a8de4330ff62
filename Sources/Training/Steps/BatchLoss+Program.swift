import Accelerators
import Operations
import Vocabulary

extension BatchLoss {
  /// As `measures`, one behind the other.
  static func record(_ program: Program, _ output: Tensor, target: RecordedBatch.Target, metric: Metric) -> Value {
    let measures: [Value]
    switch target {
    case .classes(let labels):
      let result = CrossEntropy.record(program, output, labels: labels)
      measures = [result.loss, result.correctCount]
    case .numbers(let numbers):
      let errors = metric.sum == .absoluteErrors ? [AbsoluteErrors.record(program, output, targets: numbers)] : []
      measures = [MeanSquaredError.record(program, output, targets: numbers)] + errors
    case .frames(let frames):
      let result = FrameLoss.record(program, output, targets: frames)
      measures = [result.loss, result.squaredErrors]
    }
    return Value.concatenated(measures.map { $0.reshaped([$0.count]) }, axis: 0)
  }

  static func recordBackward(_ output: Tensor, target: RecordedBatch.Target) -> Tensor {
    switch target {
    case .classes(let labels): CrossEntropy.backward(output, labels: labels)
    case .numbers(let numbers): MeanSquaredError.backward(output, targets: numbers)
    case .frames(let frames): FrameLoss.backward(output, targets: frames)
    }
  }
}

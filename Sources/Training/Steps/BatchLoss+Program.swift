import Accelerators
import Datasets
import Operations
import Vocabulary

extension BatchLoss {
  /// The measures of a batch, one behind the other: its mean loss, then what the metric reads.
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

  /// Adds the measures that a program has computed to `sums`, and returns the loss.
  static func add(_ measures: [Float], of target: Batch.Target, metric: Metric, to sums: inout MetricSums) -> Double {
    let (loss, count) = (Double(measures[0]), Double(target.count))
    sums.add(samples: target.count)
    let others = measures.dropFirst().map { Double($0) * count }
    switch target {
    case .classes: sums.add(Double(measures[1]), to: .correct)
    case .numbers: if metric.sum == .absoluteErrors { sums.add(others, to: .absoluteErrors) }
    case .frames: sums.add(others, to: .squaredErrors)
    }
    sums.add(loss * count, to: .loss)
    return loss
  }
}

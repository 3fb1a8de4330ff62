import Datasets
import Operations
import Vocabulary

/// The loss that goes with a kind of target: cross-entropy for classes, mean squared error for numbers, half the sum of squared and absolute
/// error for frames.
package enum BatchLoss {
  /// The mean loss of a batch, added to `sums` with what the metric reads.
  static func forward(_ output: Tensor, target: Batch.Target, metric: Metric, into sums: inout MetricSums) -> Double {
    add(measures(output, target: target, metric: metric), of: target, to: &sums)
  }

  /// The mean loss of a batch, then what the metric reads: how many answers are right, or mean errors of each output or channel.
  static func measures(_ output: Tensor, target: Batch.Target, metric: Metric) -> [Double] {
    switch target {
    case .classes(let labels):
      let result = CrossEntropy.forward(output, labels: Integers(labels))
      return [result.loss, Double(result.correctCount)]
    case .numbers(let numbers):
      let targets = Tensor(numbers)
      let errors = metric.sum == .absoluteErrors ? AbsoluteErrors.forward(output, targets: targets) : []
      return [MeanSquaredError.forward(output, targets: targets)] + errors
    case .frames(let frames):
      let result = FrameLoss.forward(output, targets: Tensor(frames))
      return [result.loss] + result.squaredErrors
    }
  }

  /// Adds such measures of a batch, wherever they were computed, to `sums`; returns the loss.
  static func add(_ measures: [Double], of target: Batch.Target, to sums: inout MetricSums) -> Double {
    let (loss, count) = (measures[0], Double(target.count))
    let errors = measures.dropFirst().map { $0 * count }
    sums.add(samples: target.count)
    switch target {
    case .classes: sums.add(measures[1], to: .correct)
    case .numbers: if !errors.isEmpty { sums.add(errors, to: .absoluteErrors) }
    case .frames: sums.add(errors, to: .squaredErrors)
    }
    sums.add(loss * count, to: .loss)
    return loss
  }

  /// The gradient of the mean loss with respect to the output.
  ///
  /// - Parameter batchCount: samples of the batch whose mean it is, of which these may be a part.
  package static func backward(_ output: Tensor, target: Batch.Target, batchCount: Int) -> Tensor {
    switch target {
    case .classes(let labels): CrossEntropy.backward(output, labels: Integers(labels), meanCount: batchCount)
    case .numbers(let numbers): MeanSquaredError.backward(output, targets: Tensor(numbers), meanCount: batchCount)
    case .frames(let frames): FrameLoss.backward(output, targets: Tensor(frames), meanCount: batchCount)
    }
  }
}

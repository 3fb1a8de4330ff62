import Datasets
import Operations
import Vocabulary

/// The loss that goes with a kind of target: cross-entropy for classes, mean squared error for numbers, half the sum of squared and absolute
/// error for frames.
package enum BatchLoss {
  /// The mean loss of a batch, added to `sums` with what the metric reads.
  static func forward(_ output: Tensor, target: Batch.Target, metric: Metric, into sums: inout MetricSums) -> Double {
    let count = target.count
    sums.add(samples: count)
    let loss: Double
    switch target {
    case .classes(let labels):
      let result = CrossEntropy.forward(output, labels: Integers(labels))
      sums.add(Double(result.correctCount), to: .correct)
      loss = result.loss
    case .numbers(let numbers):
      let targets = Tensor(numbers)
      loss = MeanSquaredError.forward(output, targets: targets)
      if metric.sum == .absoluteErrors {
        sums.add(AbsoluteErrors.forward(output, targets: targets).map { $0 * Double(count) }, to: .absoluteErrors)
      }
    case .frames(let frames):
      let result = FrameLoss.forward(output, targets: Tensor(frames))
      sums.add(result.squaredErrors.map { $0 * Double(count) }, to: .squaredErrors)
      loss = result.loss
    }
    sums.add(loss * Double(count), to: .loss)
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

import Arrays
import Datasets
import Operations

/// The loss that goes with a kind of target: cross-entropy for classes, mean squared error for numbers.
enum BatchLoss {
  /// The mean loss of a batch, added to `sums` with what the metrics need.
  static func forward(_ output: Tensor, target: Batch.Target, into sums: inout MetricSums) -> Double {
    switch target {
    case .classes(let labels):
      let result = CrossEntropy.forward(output, labels: labels)
      sums.add(meanLoss: result.loss, correctCount: result.correctCount, sampleCount: labels.count)
      return result.loss
    case .numbers(let numbers):
      let targets = Tensor(numbers)
      let loss = MeanSquaredError.forward(output, targets: targets)
      sums.add(
        meanLoss: loss, correctCount: 0, sampleCount: numbers.shape[0],
        absoluteErrors: AbsoluteErrors.forward(output, targets: targets))
      return loss
    }
  }

  /// The gradient of the mean loss with respect to the output.
  ///
  /// - Parameter batchCount: samples of the batch whose mean it is, of which these may be a part.
  static func backward(_ output: Tensor, target: Batch.Target, batchCount: Int) -> Tensor {
    switch target {
    case .classes(let labels): CrossEntropy.backward(output, labels: labels, meanCount: batchCount)
    case .numbers(let numbers): MeanSquaredError.backward(output, targets: Tensor(numbers), meanCount: batchCount)
    }
  }
}

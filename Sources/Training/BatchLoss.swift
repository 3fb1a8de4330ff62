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
      let loss = MeanSquaredError.forward(output, targets: Tensor(numbers))
      sums.add(
        meanLoss: loss, correctCount: 0, sampleCount: numbers.shape[0], absoluteErrors: absoluteErrors(output, numbers))
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

  /// The mean absolute error of each output (second axis).
  private static func absoluteErrors(_ output: Tensor, _ numbers: HostArray) -> [Double] {
    let width = output.shape[1]
    let length = output.count / (output.shape[0] * width)
    let (answers, truths) = (output.downloaded().values(), numbers.values())
    var sums = [Double](repeating: 0, count: width)
    for row in 0..<output.shape[0] * width {
      var sum = 0.0
      for index in row * length..<(row + 1) * length { sum += Double(abs(answers[index] - truths[index])) }
      sums[row % width] += sum
    }
    return sums.map { $0 / Double(output.shape[0] * length) }
  }
}

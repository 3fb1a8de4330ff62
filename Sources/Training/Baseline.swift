import Arrays
import Datasets
import Operations
import Vocabulary

/// What always giving the same answer reaches: the level that a trained model must beat.
package enum Baseline {
  private static let batchSize = 64

  /// The metric over the test split: of the split's most frequent class, or of each output's mean over the training split.
  package static func value(_ metric: Metric, data: any BatchSource) -> Double {
    guard case .numbers(let width) = data.description.target else { return data.majorityRate(of: .test) }
    let means = trainingMeans(data, width: width)
    var sums = MetricSums()
    var answer: Tensor?
    forEachBatch(data, .test) { numbers in
      // Only the last batch has another shape.
      let same = answer.flatMap { $0.shape == numbers.shape ? $0 : nil } ?? constant(means, like: numbers)
      _ = BatchLoss.forward(same, target: .numbers(numbers), metric: metric, into: &sums)
      answer = same
    }
    return metric.value(sums)
  }

  private static func trainingMeans(_ data: any BatchSource, width: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    var count = 0
    forEachBatch(data, .train) { numbers in
      let rows = numbers.shape.count == 3 ? SequencePooling.forward(Tensor(numbers), mode: .mean, lengths: nil).downloaded() : numbers
      for (index, mean) in rows.values().enumerated() { sums[index % width] += Double(mean) }
      count += numbers.shape[0]
    }
    return sums.map { $0 / Double(max(1, count)) }
  }

  private static func constant(_ means: [Double], like numbers: HostArray) -> Tensor {
    let length = numbers.count / (numbers.shape[0] * means.count)
    let row = means.flatMap { [Float](repeating: Float($0), count: length) }
    return Tensor(numbers.shape, values: (0..<numbers.shape[0]).flatMap { _ in row })
  }

  /// Batches one after the other: of pictures a whole split would not fit into memory.
  private static func forEachBatch(_ data: any BatchSource, _ split: Split, _ body: (HostArray) -> Void) {
    let plan = EpochPlan(count: data.count(of: split), batchSize: batchSize, order: .sequential)
    for index in 0..<plan.batchCount {
      if case .numbers(let numbers) = data.target(plan.positions(ofBatch: index), of: split) { body(numbers) }
    }
  }
}

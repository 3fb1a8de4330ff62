import Arrays
import Datasets
import Operations
import Vocabulary

/// What always giving the same answer reaches: the level that a trained model must beat.
package enum Baseline {
  private static let batchSize = 64

  /// The metric over the test split: of the split's most frequent class, or of each output's mean over the training split, frames' channels
  /// being outputs.
  package static func value(_ metric: Metric, data: any BatchSource) -> Double {
    switch data.description.target {
    case .classes: data.majorityRate(of: .test)
    case .numbers(let width), .frames(let width): value(metric, data: data, means: trainingMeans(data, width: width))
    }
  }

  private static func value(_ metric: Metric, data: any BatchSource, means: [Double]) -> Double {
    var sums = MetricSums()
    var answer: Tensor?
    forEachBatch(data, .test) { target, numbers in
      // Only the last batch has another shape.
      let same = answer.flatMap { $0.shape == numbers.shape ? $0 : nil } ?? constant(means, like: numbers)
      _ = BatchLoss.forward(same, target: target, metric: metric, into: &sums)
      answer = same
    }
    return metric.value(sums)
  }

  /// The mean of each output over the training split.
  package static func trainingMeans(_ data: any BatchSource, width: Int) -> [Double] {
    var sums = [Double](repeating: 0, count: width)
    var count = 0
    forEachBatch(data, .train) { _, numbers in
      let length = stepCount(numbers)
      let rowCount = numbers.count / (width * length)
      let rows = Tensor(numbers).reshaped([rowCount, width, length])
      for (index, mean) in SequencePooling.forward(rows, mode: .mean, lengths: nil).downloaded().values().enumerated() {
        sums[index % width] += Double(mean)
      }
      count += rowCount
    }
    return sums.map { $0 / Double(max(1, count)) }
  }

  /// Numbers of an output that lie side by side: the steps of [B, outputs, L], the pixels of [B, frames, channels, height, width].
  private static func stepCount(_ numbers: HostArray) -> Int {
    numbers.shape.dropFirst(numbers.shape.count == 5 ? 3 : 2).reduce(1, *)
  }

  private static func constant(_ means: [Double], like numbers: HostArray) -> Tensor {
    let length = stepCount(numbers)
    let row = means.flatMap { [Float](repeating: Float($0), count: length) }
    return Tensor(numbers.shape, values: (0..<numbers.count / row.count).flatMap { _ in row })
  }

  /// Batches one after the other: of pictures a whole split would not fit into memory.
  private static func forEachBatch(_ data: any BatchSource, _ split: Split, _ body: (Batch.Target, HostArray) -> Void) {
    let plan = EpochPlan(count: data.count(of: split), batchSize: batchSize, order: .sequential)
    for index in 0..<plan.batchCount {
      let target = data.target(plan.positions(ofBatch: index), of: split)
      if let numbers = target.numbers { body(target, numbers) }
    }
  }
}

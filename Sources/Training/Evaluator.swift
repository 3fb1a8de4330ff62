import Datasets
import Operations
import SequenceModels

/// Loss and accuracy over a whole split, the last incomplete batch included.
package struct Evaluator {
  private let model: SequenceClassifier
  private let data: PreparedDataset
  private let batchSize: Int

  package init(model: SequenceClassifier, data: PreparedDataset, batchSize: Int) {
    self.model = model
    self.data = data
    self.batchSize = batchSize
  }

  package func evaluate(_ split: Split) -> MetricSums {
    let plan = EpochPlan(count: data.count(of: split), batchSize: batchSize, order: .sequential, dropLast: false)
    var sums = MetricSums()
    for index in 0..<plan.batchCount {
      let batch = data.batch(plan.positions(ofBatch: index), of: split)
      var pass = Pass.evaluation
      let (logits, _) = model.forward(SequenceInput(batch.input), lengths: batch.lengths, pass: &pass)
      let result = CrossEntropy.forward(logits, labels: batch.labels)
      sums.add(meanLoss: result.loss, correctCount: result.correctCount, sampleCount: batch.count)
    }
    return sums
  }
}

import Accelerators
import Foundation

/// Softmax cross-entropy, averaged over the batch: mean over b of log Σₖ exp(logits[b, k]) - logits[b, label].
///
/// Shapes: logits [B, K], labels B numbers in 0 ..< K.
package enum CrossEntropy {
  /// The mean loss, and for how many samples the largest logit (the first of equals) is the label's.
  package static func forward(_ logits: Tensor, labels: Integers) -> (loss: Double, correctCount: Int) {
    let (labels, classCount) = sizes(logits, labels)
    let batchSize = labels.count
    var loss = 0.0
    var correctCount = 0
    for sample in 0..<batchSize {
      let row = logits.elements + sample * classCount
      let label = Int(labels[sample])
      var best = 0
      for index in 1..<max(1, classCount) where row[index] > row[best] { best = index }
      loss += logSumOfExponentials(row, classCount) - Double(row[label])
      if best == label { correctCount += 1 }
    }
    return (loss / Double(batchSize), correctCount)
  }

  /// The gradient of the mean loss with respect to the logits: (softmax - one-hot label) / B.
  ///
  /// - Parameter meanCount: samples of the mean, where these are a part of them.
  package static func backward(_ logits: Tensor, labels: Integers, meanCount: Int? = nil) -> Tensor {
    if let program = Program.recording(logits) {
      return recordBackward(program, logits, labels: labels, meanCount: meanCount ?? logits.shape[0])
    }
    let (labels, classCount) = sizes(logits, labels)
    let batchSize = labels.count
    let gradient = Tensor(uninitialized: logits.shape)
    for sample in 0..<batchSize {
      let row = logits.elements + sample * classCount
      let normalizer = logSumOfExponentials(row, classCount)
      for index in 0..<classCount {
        let probability = exp(Double(row[index]) - normalizer)
        let target = index == Int(labels[sample]) ? 1.0 : 0.0
        gradient.elements[sample * classCount + index] = Float((probability - target) / Double(meanCount ?? batchSize))
      }
    }
    return gradient
  }

  private static func sizes(_ logits: Tensor, _ labels: Integers) -> (labels: [Int32], classCount: Int) {
    let labels = labels.values
    precondition(
      logits.shape.count == 2 && labels.count == logits.shape[0] && labels.count > 0,
      "CrossEntropy: \(labels.count) labels for logits \(logits.shape)")
    let classCount = logits.shape[1]
    if let wrong = labels.first(where: { !(0..<classCount ~= Int($0)) }) {
      preconditionFailure("CrossEntropy: label \(wrong) with \(classCount) classes")
    }
    return (labels, classCount)
  }

  private static func logSumOfExponentials(_ row: UnsafeMutablePointer<Float>, _ count: Int) -> Double {
    var largest = row[0]
    for index in 1..<max(1, count) where row[index] > largest { largest = row[index] }
    var sum = 0.0
    for index in 0..<count { sum += exp(Double(row[index]) - Double(largest)) }
    return Double(largest) + log(sum)
  }
}

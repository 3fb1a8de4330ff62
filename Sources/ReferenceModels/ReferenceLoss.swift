import Foundation

/// The two losses in Double, by their definitions; the softmax overflows for logits beyond some hundreds.
package enum ReferenceLoss {
  /// The mean cross-entropy over the samples.
  ///
  /// - Parameter logits: shape [B, classes].
  package static func crossEntropy(_ logits: [Double], labels: [Int]) -> Double {
    let losses = zip(probabilities(logits, labels.count), labels).map { -log($0[$1]) }
    return losses.reduce(0, +) / Double(labels.count)
  }

  /// The gradient of `crossEntropy`, shaped as the logits.
  package static func crossEntropyGradient(_ logits: [Double], labels: [Int]) -> [Double] {
    zip(probabilities(logits, labels.count), labels).flatMap { row, label in
      row.enumerated().map { ($1 - ($0 == label ? 1 : 0)) / Double(labels.count) }
    }
  }

  /// The mean squared difference.
  package static func meanSquaredError(_ predictions: [Double], targets: [Double]) -> Double {
    zip(predictions, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(predictions.count)
  }

  private static func probabilities(_ logits: [Double], _ count: Int) -> [[Double]] {
    Rows.cut(logits, logits.count / count).map { row in
      let powers = row.map(exp)
      let total = powers.reduce(0, +)
      return powers.map { $0 / total }
    }
  }
}

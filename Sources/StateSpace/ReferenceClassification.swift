import Foundation

/// The end of a classifier in Double: mean over time → linear map → mean cross-entropy over the samples, with its gradients.
package struct ReferenceClassification: Sendable {
  /// H → classes.
  package var decoder: ReferenceMixing

  package init(decoder: ReferenceMixing) { self.decoder = decoder }

  /// [B, classes] from [B, H, L].
  package func logits(_ input: [Double], length: Int) -> [Double] { decoder.forward(pooled(input, length), length: 1) }

  package func loss(_ input: [Double], labels: [Int], length: Int) -> Double {
    let losses = zip(rows(logits(input, length: length)), labels).map { row, label in
      log(row.reduce(0) { $0 + exp($1 - row[label]) })
    }
    return losses.reduce(0, +) / Double(labels.count)
  }

  /// Gradients of the loss, shapes as the arguments'.
  package struct Gradient: Sendable {
    package let input: [Double]
    package let decoder: ReferenceMixing.Gradient
  }

  package func backward(_ input: [Double], labels: [Int], length: Int) -> Gradient {
    let slopes = zip(rows(logits(input, length: length)), labels).flatMap { row, label in
      let total = row.reduce(0) { $0 + exp($1) }
      return row.enumerated().map { (exp($1) / total - ($0 == label ? 1 : 0)) / Double(labels.count) }
    }
    let gradient = decoder.backward(outputGradient: slopes, input: pooled(input, length), length: 1)
    return Gradient(
      input: gradient.input.flatMap { Array(repeating: $0 / Double(length), count: length) }, decoder: gradient)
  }

  private func pooled(_ input: [Double], _ length: Int) -> [Double] {
    stride(from: 0, to: input.count, by: length).map { input[$0..<$0 + length].reduce(0, +) / Double(length) }
  }

  private func rows(_ logits: [Double]) -> [[Double]] {
    let count = decoder.bias.count
    return stride(from: 0, to: logits.count, by: count).map { Array(logits[$0..<$0 + count]) }
  }
}

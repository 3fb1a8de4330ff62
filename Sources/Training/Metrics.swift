import Foundation

/// Sums of a pass over some samples; exact under any cut into batches of the same order.
package struct MetricSums: Codable, Sendable, Equatable {
  package private(set) var lossSum = 0.0
  package private(set) var correctCount = 0
  package private(set) var sampleCount = 0

  package init() {}

  /// - Parameter meanLoss: mean over the batch.
  mutating func add(meanLoss: Double, correctCount: Int, sampleCount: Int) {
    lossSum += meanLoss * Double(sampleCount)
    self.correctCount += correctCount
    self.sampleCount += sampleCount
  }

  /// Mean loss per sample; 0 of nothing.
  package var loss: Double { sampleCount == 0 ? 0 : lossSum / Double(sampleCount) }

  /// Fraction of samples whose largest logit is the label's; 0 of nothing.
  package var accuracy: Double { sampleCount == 0 ? 0 : Double(correctCount) / Double(sampleCount) }
}

/// One line of `metrics.csv`.
package struct EpochMetrics: Codable, Sendable, Equatable {
  /// From 1.
  package var epoch: Int
  /// Optimiser steps done.
  package var step: Int
  /// Global learning rate of the epoch's last step.
  package var learningRate: Double
  package var train: MetricSums
  package var validation: MetricSums
  /// Wall time since training began, interruptions not counted.
  package var seconds: Double

  /// The text of `metrics.csv`, header included.
  package static func csv(_ history: [EpochMetrics]) -> String {
    (["epoch,step,learning_rate,train_loss,train_accuracy,validation_loss,validation_accuracy,seconds"] + history.map(\.csvLine))
      .joined(separator: "\n") + "\n"
  }

  private var csvLine: String {
    let numbers = [learningRate, train.loss, train.accuracy, validation.loss, validation.accuracy].map { String(format: "%.6g", $0) }
    return "\(epoch),\(step)," + numbers.joined(separator: ",") + String(format: ",%.1f", seconds)
  }
}

import Foundation
import Vocabulary

/// Sums of a pass over some samples; exact under any cut into batches of the same order.
package struct MetricSums: Codable, Sendable, Equatable {
  package private(set) var lossSum = 0.0
  package private(set) var correctCount = 0
  package private(set) var sampleCount = 0
  /// Of numbers: sums over the samples of each output's mean absolute error.
  package private(set) var absoluteErrorSums: [Double]?

  package init() {}

  /// - Parameters:
  ///   - meanLoss: mean over the batch.
  ///   - absoluteErrors: mean over the batch for each output, where the targets are numbers.
  mutating func add(meanLoss: Double, correctCount: Int, sampleCount: Int, absoluteErrors: [Double]? = nil) {
    lossSum += meanLoss * Double(sampleCount)
    self.correctCount += correctCount
    self.sampleCount += sampleCount
    if let absoluteErrors {
      let before = absoluteErrorSums ?? absoluteErrors.map { _ in 0 }
      absoluteErrorSums = zip(before, absoluteErrors).map { $0 + $1 * Double(sampleCount) }
    }
  }

  /// Mean loss per sample; 0 of nothing.
  package var loss: Double { sampleCount == 0 ? 0 : lossSum / Double(sampleCount) }

  /// Fraction of samples whose largest logit is the label's; 0 of nothing.
  package var accuracy: Double { sampleCount == 0 ? 0 : Double(correctCount) / Double(sampleCount) }

  /// Mean absolute error of each output; empty for classes.
  package var absoluteErrors: [Double] { (absoluteErrorSums ?? []).map { $0 / Double(max(1, sampleCount)) } }
}

extension Metric {
  package func value(_ sums: MetricSums) -> Double {
    switch self {
    case .accuracy: sums.accuracy
    case .rootMeanSquaredError: sums.loss.squareRoot()
    case .meanSquaredError: sums.loss
    case .meanAbsoluteError: sums.absoluteErrors.reduce(0, +) / Double(max(1, sums.absoluteErrors.count))
    }
  }

  /// For a reader: accuracies in percent.
  package func text(_ sums: MetricSums) -> String {
    self == .accuracy ? text(value(sums)) : "\(rawValue) \(text(shown: value(sums)))"
  }
}

/// What one epoch reached.
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
  /// What `Trainer.notes` gave at the end of the epoch; nil if it was not asked.
  package var notes: [Float]? = nil
}

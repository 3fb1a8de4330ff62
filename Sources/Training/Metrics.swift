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
    self == .accuracy ? String(format: "%.2f %%", 100 * sums.accuracy) : String(format: "%@ %.4g", rawValue, value(sums))
  }
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
  /// What `Trainer.notes` gave at the end of the epoch; nil if it was not asked.
  package var notes: [Float]? = nil

  /// The text of `metrics.csv`, header included.
  package static func csv(_ history: [EpochMetrics], metric: Metric = .accuracy) -> String {
    let header = "epoch,step,learning_rate,train_loss,train_\(metric.rawValue),validation_loss,validation_\(metric.rawValue),seconds"
    return ([header] + history.map { $0.csvLine(metric) }).joined(separator: "\n") + "\n"
  }

  private func csvLine(_ metric: Metric) -> String {
    let numbers = [learningRate, train.loss, metric.value(train), validation.loss, metric.value(validation)]
    return "\(epoch),\(step)," + numbers.map { String(format: "%.6g", $0) }.joined(separator: ",") + String(format: ",%.1f", seconds)
  }

  /// The text of `errors.csv`: mean absolute error of each output on the validation split, outputs from 1.
  package static func errorsCSV(_ history: [EpochMetrics]) -> String {
    let lines = history.flatMap { metrics in
      metrics.validation.absoluteErrors.enumerated().map { "\(metrics.epoch),\($0 + 1)," + String(format: "%.6g", $1) }
    }
    return (["epoch,output,validation_absolute_error"] + lines).joined(separator: "\n") + "\n"
  }
}

import Foundation
import Training
import Vocabulary

/// What each epoch reached, as tables of the run's folder.
extension EpochMetrics {
  /// The text of `metrics.csv`, header included.
  package static func csv(_ history: [EpochMetrics], metric: Metric) -> String {
    ([EpochColumn.header(metric)] + history.map { $0.line(metric) }).joined(separator: "\n") + "\n"
  }

  private func line(_ metric: Metric) -> String {
    let numbers = [learningRate, train.loss, metric.value(train), validation.loss, metric.value(validation)]
    return "\(epoch),\(step)," + numbers.map { String(format: "%.6g", $0) }.joined(separator: ",") + String(format: ",%.1f", seconds)
  }

  /// The text of `errors.csv`: mean absolute error of each output on the validation split, outputs from 1.
  package static func errorsCSV(_ history: [EpochMetrics]) -> String {
    let lines = history.flatMap { metrics in
      metrics.validation.means(.absoluteErrors).enumerated().map { "\(metrics.epoch),\($0 + 1)," + String(format: "%.6g", $1) }
    }
    return ([OutputErrorColumn.header] + lines).joined(separator: "\n") + "\n"
  }
}

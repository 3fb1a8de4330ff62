import Foundation
import Training
import Vocabulary

/// What each epoch reached, as tables of the run's folder.
extension EpochMetrics {
  /// The text of `metrics.csv`, header included.
  package static func csv(_ history: [EpochMetrics], metric: Metric) -> String {
    var table = RunTable(EpochColumn.all(metric))
    for epoch in history {
      let numbers = [
        epoch.learningRate, epoch.train.loss, metric.value(epoch.train), epoch.validation.loss, metric.value(epoch.validation),
      ]
      table.append([epoch.epoch, epoch.step] + numbers.map { String(format: "%.6g", $0) } + [String(format: "%.1f", epoch.seconds)])
    }
    return table.text
  }

  /// The text of `errors.csv`: mean absolute error of each output on the validation and the test split, outputs from 1. The errors on the test
  /// split are empty where an earlier version of the program trained the epoch.
  package static func errorsCSV(_ history: [EpochMetrics]) -> String {
    var table = RunTable<OutputErrorColumn>()
    for epoch in history {
      let testErrors = epoch.test?.means(.absoluteErrors) ?? []
      for (output, error) in epoch.validation.means(.absoluteErrors).enumerated() {
        let tested = output < testErrors.count ? String(format: "%.6g", testErrors[output]) : ""
        table.append([epoch.epoch, output + 1, String(format: "%.6g", error), tested])
      }
    }
    return table.text
  }
}

import Catalogue
import Datasets
import Runs
import SequenceModels

extension FigureDefinition {
  /// Error of each wave's amplitude on the test sums over the epochs, a panel for each (α, β).
  static let waveErrors = FigureDefinition(
    name: "wave-errors", folder: "tfb", title: "TFB Figures 1 (first panel) and 10: error of each wave on the test sums", needs: isWaves
  ) { inputs in
    try inputs.results.map { result in
      var series = try WaveTask.frequencies.enumerated().map { index, wave in
        result.series(
          "\(wave.plainText) rad/s", colour: index + 1,
          points: try result.curve(x: OutputErrorColumn.epoch, y: .testAbsoluteError, where: [.output: index + 1]))
      }
      let epochs = series[0].points.map(\.x)
      if let chance = result.chance, let first = epochs.first, let last = epochs.last {
        let guesses = (first == last ? [first - 0.5, first + 0.5] : [first, last]).map { Figure.Point(x: $0, y: chance) }
        series.append(Figure.Series(label: "always the mean", kind: .reference, points: guesses))
      }
      return inputs.panel(
        Self.settings(of: result.experiment), orElse: result.runs.isEmpty ? result.command() : result.retrainCommand, series)
    }
  }

  /// Frequencies of the poles before and after training.
  static let wavePoles = FigureDefinition(
    name: "wave-poles", folder: "tfb", title: "TFB, training does not change the bias: |Im λ| before and after", needs: isWaves
  ) { inputs in
    try inputs.results.map { result in
      let points = try result.rows([PoleColumn.initialImaginary, .trainedImaginary]).compactMap { row -> Figure.Point? in
        guard let before = row[0], let after = row[1] else { return nil }
        return Figure.Point(x: frequency(before), y: frequency(after))
      }
      return inputs.panel(
        Self.settings(of: result.experiment), orElse: result.analysisCommand, [result.series("a pole", .marks, points: points)])
    }
  }

  /// Frequencies of the poles at the end of every epoch, of the first seed.
  static let wavePoleTrajectories = FigureDefinition(
    name: "wave-pole-trajectories", folder: "tfb", title: "TFB, training does not change the bias: |Im λ| over the epochs", needs: isWaves
  ) { inputs in
    try inputs.results.map { result in
      // mode → channel → the pole's way
      var ways: [Double: [Double: [Figure.Point]]] = [:]
      for row in try result.rows([PoleTrajectoryColumn.mode, .channel, .epoch, .imaginary]) {
        guard let mode = row[0], let channel = row[1], let epoch = row[2], let imaginary = row[3] else { continue }
        ways[mode, default: [:]][channel, default: []].append(Figure.Point(x: epoch, y: frequency(imaginary)))
      }
      let series = ways.sorted { $0.key < $1.key }.map { mode, channels in
        // A row without y ends the line of a pole.
        let points = channels.sorted { $0.key < $1.key }.flatMap { $0.value + [Figure.Point(x: 0, y: .nan)] }
        return result.series("mode \(Int(mode))", colour: Int(mode), points: points)
      }
      return inputs.panel(Self.settings(of: result.experiment), orElse: result.retrainCommand, series)
    }
  }

  /// |Im λ| on a logarithmic axis; what is 0 or nearly so has no place there and stands at 0.01.
  private static func frequency(_ imaginary: Double) -> Double { max(abs(imaginary), 0.01) }

  private static let isWaves: @Sendable (Experiment) -> Bool = { $0.group == "waves" && !$0.isAsReleased }

  private static func settings(of experiment: Experiment) -> String {
    guard case .wavesRegressor(let model) = experiment.configuration.model else { return experiment.title }
    return "α = \(model.frequencyScale.plainText), β = \(model.filterExponent.plainText)"
  }
}

import Catalogue
import Datasets
import Runs
import SequenceModels

extension FigureDefinition {
  /// Error of each wave's amplitude on the test sums over the epochs, a panel for each (α, β).
  static let waveErrors = FigureDefinition(
    name: "wave-errors", folder: "tfb", title: "TFB Figures 1 (first panel) and 10: error of each wave on the test sums",
    needs: isWaves
  ) { inputs in
    try inputs.results.map { result in
      var series = try WaveTask.frequencies.enumerated().map { index, wave in
        result.series(
          "wave of \(wave.plainText) rad/s", hue: .ordered(index, of: WaveTask.frequencies.count),
          points: try result.curve(x: OutputErrorColumn.epoch, y: .testAbsoluteError, where: [.output: index + 1]))
      }
      let epochs = series[0].points.map(\.x)
      if let chance = result.chance, let first = epochs.first, let last = epochs.last {
        let ends = first == last ? [first - 0.5, first + 0.5] : [first, last]
        series.append(Figure.Series(label: "always the mean", kind: .level, points: ends.map { Figure.Point(x: $0, y: chance) }))
      }
      return inputs.panel(
        Self.settings(of: result.experiment), orElse: result.runs.isEmpty ? result.command() : result.retrainCommand, series)
    }
  }

  /// Frequencies of the poles before and after training.
  static let wavePoles = FigureDefinition(
    name: "wave-poles", folder: "tfb", title: "TFB: frequency |Im λ| of every pole before and after training",
    caption: "Poles below 0.01 rad/s stand at 0.01; those on the diagonal have not moved.", needs: isWaves
  ) { inputs in
    try inputs.results.map { result in
      let points = try result.rows([PoleColumn.initialImaginary, .trainedImaginary]).compactMap { row -> Figure.Point? in
        guard let before = row[0], let after = row[1] else { return nil }
        return Figure.Point(x: frequency(before), y: frequency(after))
      }
      return inputs.panel(
        Self.settings(of: result.experiment), orElse: result.analysisCommand,
        [result.series("a pole", .marks, hue: .method(result.experiment.method), points: points)], keys: waves)
    }
  }

  /// Frequencies of the poles at the end of every epoch, of the first seed.
  static let wavePoleTrajectories = FigureDefinition(
    name: "wave-pole-trajectories", folder: "tfb", title: "TFB: frequency |Im λ| of every pole over the epochs",
    caption: "A line for each channel; poles below 0.01 rad/s stand at 0.01.", needs: isWaves
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
        return result.series("mode \(Int(mode))", .curve, hue: .ordered(Int(mode) - 1, of: ways.count), points: points)
      }
      return inputs.panel(Self.settings(of: result.experiment), orElse: result.retrainCommand, series, keys: waves)
    }
  }

  /// Scripts draw the frequencies of the task across their frames.
  private static let waves = [FigureKey.Entry(label: "a wave of the task", kind: .level)]

  /// |Im λ| on a logarithmic axis; what is 0 or nearly so has no place there and stands at 0.01.
  private static func frequency(_ imaginary: Double) -> Double { max(abs(imaginary), 0.01) }

  private static let isWaves: @Sendable (Experiment) -> Bool = { $0.group == "waves" && !$0.isAsReleased }

  private static func settings(of experiment: Experiment) -> String {
    guard case .wavesRegressor(let model) = experiment.configuration.model else { return experiment.title }
    return "α = \(GridLabel.digits(model.frequencyScale)), β = \(GridLabel.digits(model.filterExponent))"
  }
}

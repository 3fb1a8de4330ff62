import Training
import Vocabulary

/// A column of a table in a run's folder, known to the report that writes it and to the figure that reads it.
package protocol RunColumn: Hashable, Sendable {
  /// The name of the table's file.
  static var file: String { get }
  /// What of the table goes with the run into the repository.
  static var shipping: TableShipping { get }
  /// The column's name in the header line.
  var name: String { get }
}

extension RunColumn where Self: RawRepresentable<String> {
  /// The case's words with `_` between them.
  package var name: String { rawValue.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) } }
}

/// Columns of the mean magnitude of kernels, of each layer and direction.
package enum KernelColumn: String, RunColumn, CaseIterable {
  case layer, direction, lag, initial, trained
  package static let file = "kernels.csv"
  package static let shipping = TableShipping.excerpt
}

/// Columns of signed kernels of single channels.
package enum ResponseColumn: String, RunColumn, CaseIterable {
  case rank, channel, lag, initial, trained
  package static let file = "responses.csv"
  package static let shipping = TableShipping.excerpt
}

/// Columns of time steps and H∞ scores of the systems of a model of blocks.
package enum SystemColumn: String, RunColumn, CaseIterable {
  case layer, channel, initialTimestep, trainedTimestep, initialScore, trainedScore
  package static let file = "systems.csv"
  package static let shipping = TableShipping.excerpt
}

/// Columns of the Hankel singular values of the discrete systems of a model of blocks: median and tenths over the systems of a layer.
package enum HankelColumn: String, RunColumn, CaseIterable {
  case layer, index, initialLow, initialMedian, initialHigh, trainedLow, trainedMedian, trainedHigh
  package static let file = "hankel.csv"
  package static let shipping = TableShipping.excerpt
}

/// Columns of the ε-ranks of the discrete systems of a model of blocks, ε = 1e-4, beside the number of their singular values.
package enum RankColumn: String, RunColumn, CaseIterable {
  case layer, channel, states, initialRank, trainedRank
  package static let file = "ranks.csv"
  package static let shipping = TableShipping.whole
}

/// Columns of what changes of the trained systems do: the metric, the changes of transfer functions over the systems (‖G − G̃‖∞, and over
/// ‖G‖∞), how many poles kept to the half plane by another direction, and the SHA-256 of the weights.
package enum PerturbationColumn: String, RunColumn, CaseIterable {
  case size, draw, loss, value, changeMedian, changeLargest, relativeMedian, relativeLargest, turnedPoles, poles, weights
  package static let file = "perturbation.csv"
  package static let shipping = TableShipping.whole
}

/// Columns of discrete poles after training.
package enum ModeColumn: String, RunColumn, CaseIterable {
  case layer, channel, mode, real, imaginary, score
  package static let file = "modes.csv"
  package static let shipping = TableShipping.excerpt
}

/// Columns of the poles of a regressor of waves before and after training.
package enum PoleColumn: String, RunColumn, CaseIterable {
  case channel, mode, initialReal, initialImaginary, trainedReal, trainedImaginary
  package static let file = "poles.csv"
  package static let shipping = TableShipping.whole
}

/// Columns of the same poles at the end of every epoch.
package enum PoleTrajectoryColumn: String, RunColumn, CaseIterable {
  case epoch, channel, mode, real, imaginary
  package static let file = "pole-trajectories.csv"
  package static let shipping = TableShipping.whole
}

/// Columns of the mean absolute error of each output after each epoch.
package enum OutputErrorColumn: String, RunColumn, CaseIterable {
  case epoch, output, validationAbsoluteError, testAbsoluteError
  package static let file = "errors.csv"
  package static let shipping = TableShipping.whole
}

/// Columns of what each epoch reached, which depend on the run's metric.
package enum EpochColumn: RunColumn {
  case epoch, step, learningRate, trainLoss, validationLoss, seconds
  case train(Metric)
  case validation(Metric)
  package static let file = "metrics.csv"
  package static let shipping = TableShipping.whole

  package var name: String {
    switch self {
    case .epoch: "epoch"
    case .step: "step"
    case .learningRate: "learning_rate"
    case .trainLoss: "train_loss"
    case .train(let metric): "train_\(metric.rawValue)"
    case .validationLoss: "validation_loss"
    case .validation(let metric): "validation_\(metric.rawValue)"
    case .seconds: "seconds"
    }
  }

  /// The columns of a run with this metric, in the order of the file.
  package static func all(_ metric: Metric) -> [EpochColumn] {
    [.epoch, .step, .learningRate, .trainLoss, .train(metric), .validationLoss, .validation(metric), .seconds]
  }
}

/// Columns of the pictures of a denoiser: a place, and the colours of each picture there.
package enum PictureColumn: RunColumn {
  case row, column
  case red(String)
  case green(String)
  case blue(String)
  package static let file = "pictures.csv"
  package static let shipping = TableShipping.never

  /// Red, green and blue of a picture.
  package static func colours(of picture: String) -> [PictureColumn] { [.red(picture), .green(picture), .blue(picture)] }

  package var name: String {
    switch self {
    case .row: "row"
    case .column: "column"
    case .red(let picture): "\(picture)-red"
    case .green(let picture): "\(picture)-green"
    case .blue(let picture): "\(picture)-blue"
    }
  }
}

/// Columns of the errors of frames that a model of videos makes from its own frames, by step from 1 and colour; step 0 is the mean over all
/// steps of a video. Errors over those of the last known frame and of the mean training frame are ratios.
package enum GenerationColumn: String, RunColumn, CaseIterable {
  case step, colour, videos, mse, mseError, psnr, ssim, repeatMse, repeatRatio, repeatRatioError, meanMse, meanRatio, meanRatioError
  package static let file = "generation.csv"
  package static let shipping = TableShipping.whole
}

/// Columns of the errors of a model of videos that is given every frame before the one it predicts, by split and colour.
package enum NextFrameColumn: String, RunColumn, CaseIterable {
  case split, colour, videos, mse, mseError, psnr, ssim, repeatMse, repeatRatio, repeatRatioError, meanMse, meanRatio, meanRatioError
  package static let file = "next-frame.csv"
  package static let shipping = TableShipping.whole
}

/// Columns of a video that a model has gone on with: a step, a place, and the colours that came and that it made there.
package enum FilmColumn: String, RunColumn, CaseIterable {
  case step, row, column, trueRed, trueGreen, trueBlue, madeRed, madeGreen, madeBlue
  package static let file = "film.csv"
  package static let shipping = TableShipping.never
}

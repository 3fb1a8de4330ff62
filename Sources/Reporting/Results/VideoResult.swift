import Catalogue
import Runs

/// How well the runs of one experiment predict the frames of videos, from the tables in their folders.
struct VideoResult {
  /// What the model was given, and of which videos.
  enum Prediction: String, CaseIterable {
    /// Every frame before the one it predicts.
    case validation, test
    /// The context, and then its own frames to the end of each test video.
    case generated

    var title: String {
      switch self {
      case .validation: "Next frame, validation split"
      case .test: "Next frame, test split"
      case .generated: "Generated after the context, mean over the rest of each test video"
      }
    }
  }

  /// The mean errors over those of a prediction without a model.
  struct Ratio {
    /// One a seed.
    let seeds: SeedValues
    /// Variance by the choice of videos, the mean over the seeds: all see the same videos.
    let videoVariance: Double?

    var value: Double? { seeds.centre }

    /// By how many standard errors, of seeds and videos, it lies below 1; nil where neither is known.
    var errorsBelowOne: Double? {
      let seedVariance = seeds.deviation.map { $0 * $0 / Double(seeds.values.count) }
      let variance = (seedVariance ?? 0) + (videoVariance ?? 0)
      return variance > 0 ? value.map { (1 - $0) / variance.squareRoot() } : nil
    }

    /// Below 1 by 48 standard errors: `0.512 ± 0.010 (48)`.
    var text: String {
      value == nil ? "" : ScoreText.share(seeds) + (errorsBelowOne.map { " (\(ScoreText.count($0)))" } ?? "")
    }
  }

  /// Of one colour.
  struct Scores {
    let prediction: Prediction
    let colour: FrameColour
    let seeds: [UInt64]
    let videoCount: Int
    let error: SeedValues
    let ratio: SeedValues
    let similarity: SeedValues
    /// Of the last known frame again.
    let repeatError: Double?
    /// Of the mean frame of the training split.
    let meanError: Double?
    let overRepeat: Ratio
    let overMean: Ratio
  }

  let result: ExperimentResult
  /// By prediction, then colour; empty without runs, or where an earlier version made them.
  let scores: [Scores]

  /// - Throws: `StageError` (`badData`) if a table of a finished run cannot be read.
  init(_ result: ExperimentResult) throws {
    self.result = result
    scores = try Prediction.allCases.flatMap { prediction in
      try FrameColour.allCases.compactMap { colour in try Self.scores(result, prediction, colour) }
    }
  }

  func scores(_ prediction: Prediction, _ colour: FrameColour) -> Scores? {
    scores.first { $0.prediction == prediction && $0.colour == colour }
  }

  /// What makes the tables.
  var command: String { result.analysisCommand }

  private static let names = [
    "videos", "mse", "psnr", "ssim", "repeatMse", "repeatRatio", "repeatRatioError", "meanMse", "meanRatio", "meanRatioError",
  ]

  private static func row(_ run: FinishedRun, _ prediction: Prediction, _ colour: FrameColour) throws -> [Double?]? {
    switch prediction {
    case .validation, .test:
      try run.rows(
        names.compactMap(NextFrameColumn.init), where: [.split: prediction.rawValue, .colour: colour.rawValue])?.first
    case .generated: try run.rows(names.compactMap(GenerationColumn.init), where: [.step: 0, .colour: colour.rawValue])?.first
    }
  }

  /// Nil where no run has such a colour.
  private static func scores(_ result: ExperimentResult, _ prediction: Prediction, _ colour: FrameColour) throws -> Scores? {
    let found = try result.runs.compactMap { run in try row(run, prediction, colour).map { (seed: run.summary.seed, row: $0) } }
    guard let first = found.first else { return nil }
    func values(_ name: String) -> [Double] { names.firstIndex(of: name).map { place in found.compactMap { $0.row[place] } } ?? [] }
    func seeds(_ name: String) -> SeedValues { SeedValues(values: values(name), statistic: result.experiment.statistic) }
    func ratio(_ name: String) -> Ratio {
      let squares = values("\(name)Error").map { $0 * $0 }
      return Ratio(seeds: seeds(name), videoVariance: squares.isEmpty ? nil : squares.reduce(0, +) / Double(squares.count))
    }
    return Scores(
      prediction: prediction, colour: colour, seeds: found.map(\.seed), videoCount: Int(first.row[0] ?? 0), error: seeds("mse"),
      ratio: seeds("psnr"), similarity: seeds("ssim"), repeatError: values("repeatMse").first, meanError: values("meanMse").first,
      overRepeat: ratio("repeatRatio"), overMean: ratio("meanRatio"))
  }
}

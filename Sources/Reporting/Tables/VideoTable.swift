import Catalogue
import Documents
import Foundation
import RunSupport
import Runs

/// How well frames of Moving MNIST are predicted, by setting and colour, and how far the settings are apart.
struct VideoTable {
  static let name = "tfb-moving-mnist"

  /// What stands in columns that nothing here can fill.
  private static let uncomputed = "not computed"

  private static let header = [
    "experiment", "preset", "frames", "alpha", "beta", "prediction", "colour", "seeds", "videos", "mse", "mse_deviation", "psnr",
    "psnr_deviation", "ssim", "ssim_deviation", "repeat_mse", "over_repeat", "over_repeat_deviation", "over_repeat_video_error",
    "over_repeat_errors_below_1", "mean_mse", "over_mean", "over_mean_deviation", "over_mean_video_error", "over_mean_errors_below_1",
    "difference", "smallest_difference", "word", "fvd", "lpips", "command",
  ]

  private struct Line {
    let setting: VideoSetting
    let video: VideoResult
  }

  private let preset: Preset
  private let lines: [Line]

  /// - Throws: `StageError` (`badData`) if a table of a finished run cannot be read.
  static func document(preset: Preset, catalogue: ExperimentCatalogue, runs: FinishedRuns) throws -> ResultDocument {
    let atPreset = Dictionary(uniqueKeysWithValues: catalogue.experiments(at: preset).map { ($0.id, $0) })
    let lines = try catalogue.experiments(at: .paper).compactMap { reported -> Line? in
      guard let setting = VideoSetting(reported), let experiment = atPreset[reported.id] else { return nil }
      return Line(setting: setting, video: try VideoResult(ExperimentResult(experiment, runs: runs)))
    }
    return VideoTable(preset: preset, lines: lines.sorted { VideoSetting.precedes($0.setting, $1.setting) }).document
  }

  private var document: ResultDocument {
    let introduction = """
      # TFB, appendix I.2: a fast red and a slow blue digit

      \(preset.presetLine)
      Pixels go from 0 to 1, so that errors are a quarter of the `mse` of runs, whose models see −1 to 1; mean ± standard deviation over the
      seeds. All is the mean over the three planes of a frame, of which green is black. PSNR (100 dB for a frame without error) and SSIM are
      means over frames. The error stands over that of the last known frame repeated and over that of the mean training frame, in brackets by
      how many standard errors, of seeds and videos, it lies below 1. How the paper put α and β into ConvS5 is unknown: here α scales Im λ at
      the start, and C of each mode is weighted by (1 + |arg λ̄|/2π)^β ([decision 9](../../docs/decisions.md)). FVD and LPIPS need pretrained
      networks of others and are not computed. No source gives the paper's numbers.

      """
    return ResultDocument(
      name: Self.name, csv: CSVText.document(Self.header, lines.flatMap(rows)),
      markdown: introduction + VideoResult.Prediction.allCases.map(section).joined() + differences + missing + "\n## Provenance\n\n"
        + RunProvenance.lines(lines.map(\.video.result)))
  }

  private func section(_ prediction: VideoResult.Prediction) -> String {
    let body = lines.flatMap { line in
      line.video.scores.filter { $0.prediction == prediction }.map { scores in
        [
          line.setting.length, line.setting.tuning, scores.colour.rawValue, "\(scores.seeds.count)", ScoreText.error(scores.error),
          ScoreText.decibels(scores.ratio), ScoreText.share(scores.similarity), scores.overRepeat.text, scores.overMean.text,
          Self.uncomputed, Self.uncomputed,
        ]
      }
    }
    let head = [
      "Trained on", "Setting", "Colour", "Seeds", "MSE", "PSNR (dB)", "SSIM", "Over the last frame", "Over the mean frame", "FVD", "LPIPS",
    ]
    return body.isEmpty ? "" : "\n## \(prediction.title)\n\n" + MarkdownText.table(head, body)
  }

  // MARK: Differences

  /// The setting of the same length with which it is compared; nil for that one itself.
  private func usual(for line: Line) -> Line? {
    line.setting.isUsual ? nil : lines.first { $0.setting.isUsual && $0.setting.frameCount == line.setting.frameCount }
  }

  private func difference(_ scores: VideoResult.Scores, of line: Line) -> VideoDifference? {
    usual(for: line)?.video.scores(scores.prediction, scores.colour).flatMap { VideoDifference(scores, usual: $0) }
  }

  private var differences: String {
    let colours = FrameColour.allCases
    let body = lines.flatMap { line in
      [VideoResult.Prediction.test, .generated].compactMap { prediction -> [String]? in
        let cells = colours.map { colour in line.video.scores(prediction, colour).flatMap { difference($0, of: line) }.map(Self.text) ?? ""
        }
        guard cells.contains(where: { !$0.isEmpty }) else { return nil }
        return [line.setting.length, line.setting.tuning, prediction == .test ? "next frame" : "generated"] + cells
      }
    }
    guard !body.isEmpty else { return "" }
    return """

      ## Differences between settings

      The error over that of the last frame repeated, less that of α = 1, β = 0: the difference, the smallest one that could have been seen
      (Student's factor times its standard error, of seeds and videos), and the word; lower is better. All settings see the same videos, but
      their errors by the choice of videos are added as if they were others: the word comes rather too seldom.


      """ + MarkdownText.table(["Trained on", "Setting", "Prediction"] + colours.map(\.rawValue), body)
  }

  /// `−0.120, smallest 0.034: better`.
  private static func text(_ difference: VideoDifference) -> String {
    let value = String(format: "%+.3f", difference.value).replacing("-", with: "−")
    let smallest = difference.smallest.map { String(format: ", smallest %.3f", $0) } ?? ""
    return value + smallest + (difference.verdict.isWord ? ": " : ", no word: ") + difference.verdict.rawValue
  }

  // MARK: CSV and missing runs

  private func rows(_ line: Line) -> [[String]] {
    let setting = line.setting
    let start =
      [line.video.result.experiment.id, preset.rawValue, "\(setting.frameCount)", "\(setting.frequencyScale)", "\(setting.exponent)"]
    guard !line.video.scores.isEmpty else {
      return [start + Array(repeating: "", count: Self.header.count - start.count - 1) + [line.video.command]]
    }
    return line.video.scores.map { scores in
      let difference = difference(scores, of: line)
      func ratio(_ ratio: VideoResult.Ratio) -> [Double?] {
        [ratio.value, ratio.seeds.deviation, ratio.videoVariance?.squareRoot(), ratio.errorsBelowOne]
      }
      let numbers: [Double?] =
        [scores.error, scores.ratio, scores.similarity].flatMap { [$0.centre, $0.deviation] } + [scores.repeatError]
        + ratio(scores.overRepeat) + [scores.meanError] + ratio(scores.overMean) + [difference?.value, difference?.smallest]
      return start
        + [scores.prediction.rawValue, scores.colour.rawValue, scores.seeds.map { "\($0)" }.joined(separator: " "), "\(scores.videoCount)"]
        + numbers.map { $0.map { String(format: "%.6g", $0) } ?? "" }
        + [difference?.verdict.rawValue ?? "", Self.uncomputed, Self.uncomputed, ""]
    }
  }

  private var missing: String {
    let body = lines.filter { $0.video.scores.isEmpty || !$0.video.result.missingSeeds().isEmpty }.map { line in
      let command = line.video.scores.isEmpty ? line.video.command : line.video.result.command()
      return [line.setting.length, line.setting.tuning, "`\(command)`"]
    }
    guard !body.isEmpty else { return "" }
    return "\n## Missing runs\n\n" + MarkdownText.table(["Trained on", "Setting", "First missing run"], body)
  }
}

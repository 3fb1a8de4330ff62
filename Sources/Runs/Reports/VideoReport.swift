import Arrays
import Datasets
import Foundation
import Operations
import SequenceModels
import Training

/// What a model of videos makes of the test split: the next frame after every one that it is given, and whole ends of videos from its own
/// frames, beside predictions that need no model; and one film of it.
///
/// - Source: TFB, appendix I.2, and the evaluation of the ConvSSM repository: a context of so many frames, then to the end of the video.
struct VideoReport: RunReport {
  func tables(_ run: ReportedRun) throws -> [ReportTable] {
    guard let model = run.trained as? any GeneratesFrames, let data = run.inputs.data as? VideoSource else { return [] }
    return try tables(run.computing.frames(of: model), data)
  }

  private func tables(_ answers: any FrameAnswers, _ data: VideoSource) throws -> [ReportTable] {
    let (mean, planeCount, context) = (Self.meanFrame(data), data.frameShape.channels, data.view.contextCount)
    var generated = FrameScores(planeCount: planeCount)
    var next = [Split.validation, .test].map { (split: $0, scores: FrameScores(planeCount: planeCount)) }
    var film: String?
    for place in next.indices {
      let split = next[place].split
      // One after the other: a whole video has many frames.
      for position in 0..<data.count(of: split) {
        let video = Tensor(data.videos([position], of: split))
        let given = video.steps(0..<data.videoLength - 1)
        next[place].scores.add(
          try answers.next(after: given), truth: video.steps(1..<data.videoLength), known: given, mean: mean)
        guard split == .test else { continue }
        let (known, truth) = (video.steps(context - 1..<context), video.steps(context..<data.videoLength))
        let made = try answers.generate(after: video.steps(0..<context), count: data.videoLength - context)
        generated.add(made, truth: truth, known: known, mean: mean)
        if position == 0 { film = FilmTable.text(known: known.frames, truth: truth.frames, made: made.frames) }
      }
    }
    return [ReportTable(NextFrameColumn.self, Self.csv(next)), ReportTable(GenerationColumn.self, Self.csv(generated))]
      + [film.map { ReportTable(FilmColumn.self, $0) }].compactMap { $0 }
  }

  /// The mean over all frames of the training split, shape [C, H, W].
  private static func meanFrame(_ data: VideoSource) -> Tensor {
    let shape = data.frameShape
    var mean = FrameMean(shape: [shape.channels, shape.height, shape.width])
    for position in 0..<data.count(of: .train) { mean.add(Tensor(data.videos([position], of: .train))) }
    return mean.value
  }

  /// The lines of `next-frame.csv`, header included.
  static func csv(_ splits: [(split: Split, scores: FrameScores)]) -> String {
    var table = RunTable<NextFrameColumn>()
    for (split, scores) in splits {
      for colour in scores.colours { table.append([split.rawValue, colour.rawValue] + fields(scores.summary(of: colour))) }
    }
    return table.text
  }

  /// The lines of `generation.csv`, header included.
  static func csv(_ scores: FrameScores) -> String {
    var table = RunTable<GenerationColumn>()
    for step in 0...scores.stepCount {
      for colour in scores.colours {
        table.append(["\(step)", colour.rawValue] + fields(scores.summary(of: colour, step: step == 0 ? nil : step - 1)))
      }
    }
    return table.text
  }

  /// What is no number, as a mean over no videos or of frames that training has spoilt, is left empty.
  private static func fields(_ summary: ScoreSummary) -> [String] {
    let mean = summary.mean
    let numbers = [
      mean.squaredError, summary.standardError, mean.ratio, mean.similarity, mean.repeatError, summary.repeated.value,
      summary.repeated.error, mean.meanError, summary.constant.value, summary.constant.error,
    ]
    return ["\(summary.count)"] + numbers.map { $0.map(SystemReport.text) ?? "" }
  }
}

extension Tensor {
  /// [1, T, C, H, W] → [T, C, H, W]
  fileprivate var frames: Tensor { reshaped(Array(shape.dropFirst())) }
}

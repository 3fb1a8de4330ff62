import Documents
import Operations
import Runs
import TestSupport
import Testing

/// Errors of predicted frames by video, step and colour.
@Suite struct FrameScoresTests {
  /// A frame of side 2 whose planes have one value each, from −1 to 1.
  private func frame(_ red: Float, _ blue: Float) -> [Float] {
    [red, -1, blue].flatMap { [Float](repeating: $0, count: 4) }
  }

  private func tensor(_ videos: [[[Float]]]) -> Tensor {
    Tensor([videos.count, videos[0].count, 3, 2, 2], values: videos.flatMap { $0.flatMap { $0 } })
  }

  /// Two videos of two steps: errors are squares of half the differences, as pixels go from 0 to 1.
  private func scores() -> FrameScores {
    var scores = FrameScores(planeCount: 3)
    scores.add(
      tensor([[frame(0, 1), frame(5, 1)], [frame(-1, 0), frame(1, 1)]]),
      truth: tensor([[frame(1, 1), frame(1, 1)], [frame(1, 1), frame(0, 1)]]),
      known: tensor([[frame(-1, 0)], [frame(-1, 1)]]), mean: Tensor([3, 2, 2], values: frame(0, 0)))
    return scores
  }

  @Test("errors by colour and step, beside the last known frame and the mean frame; values outside of −1 to 1 are cut")
  func errors() {
    let scores = scores()
    #expect(scores.colours == [.all, .red, .blue] && scores.stepCount == 2)
    let first = scores.summary(of: .red, step: 0)
    #expect(first.count == 2 && first.mean.squaredError == (0.25 + 1) / 2 && first.mean.repeatError == 1 && first.mean.meanError == 0.25)
    let second = scores.summary(of: .red, step: 1)
    #expect(second.mean.squaredError == (0 + 0.25) / 2 && second.mean.repeatError == (1 + 0.25) / 2)
    #expect(scores.summary(of: .blue, step: 0).mean.squaredError == 0.125)
    #expect(abs(scores.summary(of: .all, step: 0).mean.squaredError - (0.25 + 1 + 0.25) / 6) < 1e-12, "black planes count")
    #expect(first.mean.similarity == nil, "no window of eleven pixels fits")
  }

  @Test("standard errors over the videos; of a ratio with both errors of a video together")
  func standardErrors() throws {
    let summary = scores().summary(of: .red, step: 0)
    #expect(try abs(#require(summary.standardError) - 0.375) < 1e-12)
    #expect(try summary.repeated.value == 0.625 && abs(#require(summary.repeated.error) - 0.375) < 1e-12)
    // Blue is repeated without an error in one video: r = 0.25/0.25, differences 0 − 0.25 and 0.25 − 0.
    let blue = scores().summary(of: .blue, step: 0)
    #expect(try blue.repeated.value == 1 && abs(#require(blue.repeated.error) - 0.25 / 0.125) < 1e-12)
    #expect(scores().summary(of: .blue, step: 1).mean.squaredError == 0)
  }

  @Test("over all steps each video counts once; a frame without an error counts with 100 dB")
  func wholeVideos() {
    let whole = scores().summary(of: .red)
    #expect(whole.mean.squaredError == ((0.25 + 0) / 2 + (1 + 0.25) / 2) / 2 && whole.count == 2)
    #expect(scores().summary(of: .blue, step: 1).mean.ratio == FrameScores.largestRatio)
  }

  @Test("a video alone has no standard error, repeating what stands still no ratio; gray frames have one colour")
  func edges() {
    var scores = FrameScores(planeCount: 1)
    let still = Tensor([1, 3, 1, 12, 12], filledWith: 0.5)
    scores.add(.zeros([1, 3, 1, 12, 12]), truth: still, known: still, mean: .zeros([1, 12, 12]))
    let summary = scores.summary(of: .all)
    #expect(scores.colours == [.all] && summary.standardError == nil && summary.repeated.value == nil && summary.constant.value == 1)
    #expect(summary.mean.similarity.map { $0 > 0 && $0 < 1 } == true)
    let none = FrameScores(planeCount: 3)
    #expect(none.stepCount == 0 && none.summary(of: .red).count == 0)
  }

  @Test("the mean of frames is that of each pixel")
  func mean() {
    var mean = FrameMean(shape: [1, 1, 2])
    #expect(mean.value.values() == [0, 0])
    mean.add(Tensor([1, 2, 1, 1, 2], values: [1, 2, 3, 4]))
    mean.add(Tensor([1, 1, 1, 2], values: [5, 9]))
    #expect(mean.value.values() == [3, 5])
  }

  @Test(
    "a film has its first steps one by one, later ones apart, and the last", arguments: [(1, [1]), (3, [1, 2, 3]), (24, Array(1...24))])
  func filmSteps(count: Int, expected: [Int]) {
    #expect(FilmTable.steps(of: count) == expected)
    #expect(FilmTable.steps(of: 26) == Array(1...26))
    #expect(FilmTable.steps(of: 500).suffix(2) == [440, 500] && FilmTable.steps(of: 500).count == 32)
  }

  @Test("a film's table holds the last frame of the context, then truth and what was made, in colours from 0 to 255")
  func film() throws {
    let truth = tensor([[frame(1, -1), frame(0, 0)]]).reshaped([2, 3, 2, 2])
    let made = tensor([[frame(9, -9), frame(-1, 1)]]).reshaped([2, 3, 2, 2])
    let text = FilmTable.text(known: Tensor([1, 3, 2, 2], values: frame(-1, 1)), truth: truth, made: made)
    let table = try CSVTable(text: text, path: "film.csv", fix: "-")
    #expect(table.header == FilmColumn.allCases.map(\.name) && table.rows.count == 12)
    #expect(table.rows[3] == ["0", "1", "1", "0", "0", "255", "", "", ""])
    #expect(table.rows[4] == ["1", "0", "0", "255", "0", "0", "255", "0", "0"])
    #expect(table.rows[11] == ["2", "1", "1", "128", "0", "128", "0", "0", "255"])
  }
}

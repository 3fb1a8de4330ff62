import Foundation

/// The scores of several videos as one: means, and how far the choice of videos may move them.
package struct ScoreSummary {
  /// An error over that of a prediction without a model.
  package struct Ratio {
    /// Of the mean errors; nil where the other one is 0.
    package let value: Double?
    /// Its standard error, with both errors of a video taken together; nil of one video.
    package let error: Double?
  }

  package let count: Int
  package let mean: FrameScores.Score
  /// Standard error of the mean squared error; nil of one video.
  package let standardError: Double?
  package let repeated: Ratio
  package let constant: Ratio

  /// - Parameter scores: one a video.
  init(_ scores: [FrameScores.Score]) {
    count = scores.count
    mean = FrameScores.Score(meanOf: scores)
    standardError = Self.standardError(scores.map(\.squaredError))
    repeated = Self.ratio(scores, \.repeatError)
    constant = Self.ratio(scores, \.meanError)
  }

  /// Of a ratio r of two means ē and b̄ it is that of the mean of e − r·b, over b̄.
  private static func ratio(_ scores: [FrameScores.Score], _ base: (FrameScores.Score) -> Double) -> Ratio {
    let (errors, bases) = (scores.reduce(0) { $0 + $1.squaredError }, scores.reduce(0) { $0 + base($1) })
    guard bases > 0 else { return Ratio(value: nil, error: nil) }
    let ratio = errors / bases
    let error = standardError(scores.map { $0.squaredError - ratio * base($0) })
    return Ratio(value: ratio, error: error.map { $0 / (bases / Double(scores.count)) })
  }

  private static func standardError(_ values: [Double]) -> Double? {
    guard values.count > 1 else { return nil }
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(values.count - 1) / Double(values.count)).squareRoot()
  }
}

import Operations

/// How good predicted frames of some videos are, by colour, video and step, beside two predictions that need no model: the last known frame
/// again, and the mean frame of the training split.
///
/// Pixels go from 0 to 1. Errors are mean squared differences; similarity and ratio are those of `StructuralSimilarity` and
/// `PeakSignalToNoiseRatio`, taken frame by frame.
package struct FrameScores {
  /// What stands for the infinite ratio of a frame without any error, in dB: that of an error of 10⁻¹⁰.
  package static let largestRatio = 100.0

  /// Of one frame in one colour, or the means over several frames.
  package struct Score: Sendable {
    package var squaredError = 0.0
    package var ratio = 0.0
    /// Nil where no window fits into a frame.
    package var similarity: Double?
    package var repeatError = 0.0
    package var meanError = 0.0
  }

  package let colours: [FrameColour]
  private let planeCount: Int
  /// By colour, video and step.
  private var scores: [[[Score]]]

  package init(planeCount: Int) {
    self.planeCount = planeCount
    colours = FrameColour.colours(planeCount: planeCount)
    scores = colours.map { _ in [] }
  }

  package var stepCount: Int { scores[0].first?.count ?? 0 }

  /// Adds some videos.
  ///
  /// - Parameters:
  ///   - frames: predictions, shape [B, T, C, H, W], values from −1 to 1; what lies outside is cut.
  ///   - truth: the frames that came, of the same shape.
  ///   - known: the last frame that was known before each step, of the same shape, or [B, 1, C, H, W] where it is one for all steps.
  ///   - mean: the mean frame of the training split, shape [C, H, W].
  package mutating func add(_ frames: Tensor, truth: Tensor, known: Tensor, mean: Tensor) {
    precondition(
      frames.shape == truth.shape && frames.shape.count == 5 && frames.shape[2] == planeCount,
      "FrameScores: frames \(frames.shape), truth \(truth.shape)")
    let (stepCount, planeCount, knownCount) = (frames.shape[1], planeCount, known.shape[1])
    let (pictures, target) = (UnitRange.pictures(of: frames), UnitRange.pictures(of: truth))
    let errors = PlaneErrors.squared(pictures, truth: target)
    let similarities = StructuralSimilarity.values(pictures, target)
    let repeated = PlaneErrors.squared(UnitRange.pictures(of: known), truth: target) { plane in
      let (frame, colour) = (plane / planeCount, plane % planeCount)
      return (frame / stepCount * knownCount + min(frame % stepCount, knownCount - 1)) * planeCount + colour
    }
    let constant = PlaneErrors.squared(UnitRange.pictures(of: mean), truth: target) { $0 % planeCount }
    for (place, colour) in colours.enumerated() {
      let planes = colour.planes(of: planeCount)
      func average(_ values: [Double], _ frame: Int) -> Double {
        planes.reduce(0) { $0 + values[frame * planeCount + $1] } / Double(planes.count)
      }
      for video in 0..<frames.shape[0] {
        scores[place].append(
          (video * stepCount..<(video + 1) * stepCount).map { frame in
            let error = average(errors, frame)
            return Score(
              squaredError: error, ratio: min(Self.largestRatio, PeakSignalToNoiseRatio.value(squaredError: error)),
              similarity: similarities.map { average($0, frame) }, repeatError: average(repeated, frame),
              meanError: average(constant, frame))
          })
      }
    }
  }

  /// Means and standard errors over the videos.
  ///
  /// - Parameter step: from 0; nil takes the mean over all steps of each video.
  package func summary(of colour: FrameColour, step: Int? = nil) -> ScoreSummary {
    let videos = colours.firstIndex(of: colour).map { scores[$0] } ?? []
    return ScoreSummary(videos.map { video in step.map { video[$0] } ?? Score(meanOf: video) })
  }
}

extension FrameScores.Score {
  package init(meanOf scores: [Self]) {
    func mean(_ value: (Self) -> Double) -> Double { scores.reduce(0) { $0 + value($1) } / Double(max(1, scores.count)) }
    let similarities = scores.compactMap(\.similarity)
    self.init(
      squaredError: mean(\.squaredError), ratio: mean(\.ratio),
      similarity: similarities.isEmpty ? nil : similarities.reduce(0, +) / Double(similarities.count), repeatError: mean(\.repeatError),
      meanError: mean(\.meanError))
  }
}

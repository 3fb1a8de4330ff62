/// How a run reads prepared videos.
package struct VideoView: Codable, Sendable, Equatable {
  /// Frames of a sample to train on, a piece of a video that begins anywhere; nil is the whole video.
  package var frameCount: Int?
  /// Squares of so many pixels a side are replaced by their mean: 1, 2 or 4.
  package var averaging: Int
  /// Frames of a test video that a model is given before it goes on by itself to the end.
  package var contextCount: Int

  package init(frameCount: Int? = nil, averaging: Int = 1, contextCount: Int) {
    self.frameCount = frameCount
    self.averaging = averaging
    self.contextCount = contextCount
  }
}

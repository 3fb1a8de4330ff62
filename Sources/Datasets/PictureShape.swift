/// How the steps of a record lie in a picture or video: frame by frame, row by row.
package struct PictureShape: Codable, Sendable, Equatable {
  package var frames: Int
  package var height: Int
  package var width: Int

  package init(frames: Int = 1, height: Int, width: Int) {
    self.frames = frames
    self.height = height
    self.width = width
  }

  /// Steps of a record.
  package var count: Int { frames * height * width }
}

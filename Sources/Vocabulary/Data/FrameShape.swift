/// The sizes of one frame of a video.
package struct FrameShape: Sendable, Equatable {
  package var channels: Int
  package var height: Int
  package var width: Int

  package init(channels: Int, height: Int, width: Int) {
    self.channels = channels
    self.height = height
    self.width = width
  }

  /// Numbers of a frame.
  package var count: Int { channels * height * width }
}

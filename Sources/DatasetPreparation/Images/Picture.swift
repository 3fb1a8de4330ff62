/// A picture of 8-bit gray (1 channel) or red, green and blue (3 channels).
package struct Picture: Sendable, Equatable {
  package let width: Int
  package let height: Int
  package let channelCount: Int
  /// Shape [height, width, channels], row-major.
  package let pixels: [UInt8]

  /// - Precondition: positive sizes, 1 or 3 channels, as many pixels as they say.
  package init(width: Int, height: Int, channelCount: Int, pixels: [UInt8]) {
    precondition(width > 0 && height > 0 && (channelCount == 1 || channelCount == 3), "Picture: \(width)×\(height)×\(channelCount)")
    precondition(pixels.count == width * height * channelCount, "Picture: \(pixels.count) values for \(width)×\(height)×\(channelCount)")
    self.width = width
    self.height = height
    self.channelCount = channelCount
    self.pixels = pixels
  }
}

/// The middle of a picture.
package enum CenteredSquare {
  /// Cuts a square out of the middle, at most `side` wide: the largest that fits if the picture is smaller.
  ///
  /// - Source: torchvision's `center_crop`: offsets are half the difference, rounded to the even neighbour.
  package static func crop(_ picture: Picture, side: Int) -> Picture {
    let side = min(side, picture.width, picture.height)
    let top = Int((Double(picture.height - side) / 2).rounded(.toNearestOrEven))
    let left = Int((Double(picture.width - side) / 2).rounded(.toNearestOrEven))
    let channels = picture.channelCount
    var pixels: [UInt8] = []
    pixels.reserveCapacity(side * side * channels)
    for row in top..<top + side {
      let start = (row * picture.width + left) * channels
      pixels += picture.pixels[start..<start + side * channels]
    }
    return Picture(width: side, height: side, channelCount: channels, pixels: pixels)
  }
}

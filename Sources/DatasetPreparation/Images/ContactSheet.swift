/// Many small pictures of one size on one sheet, so that a person can look at data before training on them.
package struct ContactSheet {
  /// Pixels between pictures and around them.
  private static let gap = 2
  private static let background: UInt8 = 96

  private let columns: Int
  private let scale: Int
  private var pictures: [Picture] = []

  /// - Parameters:
  ///   - columns: pictures in a row.
  ///   - scale: sheet pixels per picture pixel, for pictures too small to see.
  package init(columns: Int, scale: Int = 1) {
    precondition(columns > 0 && scale > 0, "ContactSheet: \(columns) columns, scale \(scale)")
    self.columns = columns
    self.scale = scale
  }

  /// Adds a picture behind the last one, row by row.
  ///
  /// - Precondition: size and channels of the first picture.
  package mutating func add(_ picture: Picture) {
    if let first = pictures.first {
      precondition(
        picture.width == first.width && picture.height == first.height && picture.channelCount == first.channelCount,
        "ContactSheet: pictures differ in size")
    }
    pictures.append(picture)
  }

  /// The sheet; nil without pictures.
  package var image: Picture? {
    guard let first = pictures.first else { return nil }
    let (cellWidth, cellHeight) = (first.width * scale + Self.gap, first.height * scale + Self.gap)
    let width = min(columns, pictures.count) * cellWidth + Self.gap
    let height = (pictures.count + columns - 1) / columns * cellHeight + Self.gap
    let channels = first.channelCount
    var pixels = [UInt8](repeating: Self.background, count: width * height * channels)
    for (index, picture) in pictures.enumerated() {
      let corner = (index / columns * cellHeight + Self.gap) * width + index % columns * cellWidth + Self.gap
      for row in 0..<first.height * scale {
        for column in 0..<first.width * scale {
          let source = (row / scale * first.width + column / scale) * channels
          let target = (corner + row * width + column) * channels
          for channel in 0..<channels { pixels[target + channel] = picture.pixels[source + channel] }
        }
      }
    }
    return Picture(width: width, height: height, channelCount: channels, pixels: pixels)
  }
}

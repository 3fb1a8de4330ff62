import Datasets

/// The pictures of a prepared folder's records, as a person looks at them.
struct RecordPictures {
  /// Larger pictures are reduced for display.
  private static let largestSide = 128

  private let shape: PictureShape
  private let channelCount: Int
  private let bytes: ByteRecords

  /// Nil if the records are no pictures of 8-bit values.
  init?(_ directory: String, card: DatasetCard) throws {
    guard card.inputKind == .values, card.channelCount == 1 || card.channelCount == 3, let records = try ByteRecords(directory) else {
      return nil
    }
    guard let shape = card.picture ?? Self.square(records.length) else { return nil }
    guard shape.count == records.length, shape.frames > 0, shape.width > 0, records.channelCount == card.channelCount else { return nil }
    (self.shape, channelCount, bytes) = (shape, card.channelCount, records)
  }

  var recordCount: Int { bytes.count }
  var frameCount: Int { shape.frames }

  /// One frame of a record, at most `largestSide` wide and high.
  func picture(record: Int, frame: Int = 0) -> Picture {
    let size = shape.height * shape.width * channelCount
    let pixels = bytes.values(record, from: frame * size, count: size)
    let picture = Picture(width: shape.width, height: shape.height, channelCount: channelCount, pixels: pixels)
    let (width, height) = (min(shape.width, Self.largestSide), min(shape.height, Self.largestSide))
    if (width, height) == (shape.width, shape.height) { return picture }
    return BilinearResize(fromWidth: shape.width, height: shape.height, toWidth: width, height: height).resize(picture)
  }

  /// Frames spread over a video, at most `count`.
  func frames(atMost count: Int) -> [Int] {
    let shown = min(count, shape.frames)
    return (0..<shown).map { shown == 1 ? 0 : $0 * (shape.frames - 1) / (shown - 1) }
  }

  /// Rows of single pictures, or a row of frames for each video.
  ///
  /// - Parameters:
  ///   - records: which ones.
  ///   - columns: pictures in a row, or frames shown of a video.
  func sheet(_ records: [Int], columns: Int) -> ContactSheet {
    var sheet = ContactSheet(columns: columns, scale: max(1, 104 / max(shape.height, shape.width)))
    for record in records {
      for frame in frames(atMost: columns) { sheet.add(picture(record: record, frame: frame)) }
    }
    return sheet
  }

  private static func square(_ count: Int) -> PictureShape? {
    let side = Int(Double(count).squareRoot().rounded())
    return side > 7 && side * side == count ? PictureShape(height: side, width: side) : nil
  }
}

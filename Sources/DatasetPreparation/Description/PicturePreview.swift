import Datasets
import RunSupport

/// A sheet of a prepared folder's first records, so that a person can look at data before training on them.
package enum PicturePreview {
  private static let columns = 8
  private static let videoCount = 6
  private static let pictureCount = 64

  /// Writes the sheet as a PNG file: rows of pictures, or some frames of each video.
  ///
  /// - Throws: `StageError`: `badData` if the records are no pictures; as of opening the folder and of writing.
  package static func write(_ directory: String, to path: String) throws {
    let card = try PreparedDataset(directory: directory).card
    guard let pictures = try RecordPictures(directory, card: card), pictures.recordCount > 0 else {
      throw StageError(
        .badData, "no pictures to show in \(directory)", where: directory, why: "its records are no pictures of 8-bit values",
        fix: "leave out --preview")
    }
    let shown = min(pictures.recordCount, pictures.frameCount > 1 ? videoCount : pictureCount)
    guard let image = pictures.sheet(Array(0..<shown), columns: columns).image else { return }
    try PNGFile.write(image, to: path)
  }
}

import Datasets
import RunSupport

/// The handwritten digits of a raw folder: pictures of 28×28 gray values.
package struct MNISTDigits: Sendable {
  package static let side = 28
  package static let trainingImages = "train-images-idx3-ubyte.gz"
  package static let trainingLabels = "train-labels-idx1-ubyte.gz"
  package static let testImages = "t10k-images-idx3-ubyte.gz"
  package static let testLabels = "t10k-labels-idx1-ubyte.gz"
  package static let allFiles = [trainingImages, trainingLabels, testImages, testLabels]

  package let count: Int
  /// Shape [count, 28, 28].
  package let pixels: [UInt8]
  package let source: DatasetCard.Source

  /// - Throws: `StageError`: `missingInput` with instructions if the file is not there; `badData` if it holds no such pictures.
  package init(_ name: String, raw: String) throws {
    let (file, content) = try Self.read(name, raw: raw)
    guard content.shape.count == 3, content.shape[0] > 0, content.shape[1] == Self.side, content.shape[2] == Self.side else {
      throw Self.unexpected(file, "its shape is \(content.shape), expected are pictures of 28×28")
    }
    (count, pixels, source) = (content.shape[0], content.values, file.source)
  }

  /// The classes of the pictures in `images`.
  ///
  /// - Throws: `StageError` as above; `badData` also if there are not as many, or other than 0 to 9.
  static func labels(_ name: String, of images: MNISTDigits, raw: String) throws -> (labels: [Int32], source: DatasetCard.Source) {
    let (file, content) = try read(name, raw: raw)
    guard content.shape == [images.count] else {
      throw unexpected(file, "its shape is \(content.shape), expected are \(images.count) labels")
    }
    if let wrong = content.values.firstIndex(where: { $0 > 9 }) { throw unexpected(file, "label \(wrong) is \(content.values[wrong])") }
    return (content.values.map(Int32.init), file.source)
  }

  private static func read(_ name: String, raw: String) throws -> (file: RawFolder.File, content: IDXFile) {
    let file = try RawFolder(directory: raw, command: "`make download-moving-mnist`").required(name, byHand: "moving-mnist")
    return (file, try IDXFile(path: file.path, advice: file.advice))
  }

  private static func unexpected(_ file: RawFolder.File, _ why: String) -> StageError {
    file.bad("\(file.path) is not what its name says", why)
  }
}

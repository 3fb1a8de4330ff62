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
  private static let downloadCommand = "`make download-moving-mnist`"

  package let count: Int
  /// Shape [count, 28, 28].
  package let pixels: [UInt8]
  package let source: DatasetCard.Source

  /// - Throws: `StageError`: `missingInput` with instructions if the file is not there; `badData` if it holds no such pictures.
  package init(_ name: String, raw: String) throws {
    let (path, source) = try Self.file(name, raw: raw)
    let file = try IDXFile(path: path, advice: Self.advice(path))
    guard file.shape.count == 3, file.shape[0] > 0, file.shape[1] == Self.side, file.shape[2] == Self.side else {
      throw Self.unexpected(path, "its shape is \(file.shape), expected are pictures of 28×28")
    }
    (count, pixels, self.source) = (file.shape[0], file.values, source)
  }

  /// The classes of the pictures in `images`.
  ///
  /// - Throws: `StageError` as above; `badData` also if there are not as many, or other than 0 to 9.
  static func labels(_ name: String, of images: MNISTDigits, raw: String) throws -> (labels: [Int32], source: DatasetCard.Source) {
    let (path, source) = try file(name, raw: raw)
    let file = try IDXFile(path: path, advice: advice(path))
    guard file.shape == [images.count] else {
      throw unexpected(path, "its shape is \(file.shape), expected are \(images.count) labels")
    }
    if let wrong = file.values.firstIndex(where: { $0 > 9 }) { throw unexpected(path, "label \(wrong) is \(file.values[wrong])") }
    return (file.values.map(Int32.init), source)
  }

  private static func file(_ name: String, raw: String) throws -> (path: String, source: DatasetCard.Source) {
    let folder = try RawFolder(directory: raw, command: downloadCommand)
    guard let path = try folder.verifiedPath(of: name), let source = folder.cardSource(of: name) else {
      throw StageError(
        .missingInput, "no \(name) in \(raw)", where: raw, why: "the receipt does not list it; there is no substitute for the digits",
        fix: "run \(downloadCommand), or place the file there by hand and run it (data/README.md, moving-mnist)")
    }
    return (path, source)
  }

  private static func advice(_ path: String) -> String { "delete \(path) and run \(downloadCommand)" }

  private static func unexpected(_ path: String, _ why: String) -> StageError {
    StageError(.badData, "\(path) is not what its name says", where: path, why: why, fix: advice(path))
  }
}

import Arrays
import DatasetPreparation
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct CelebATests {
  private static let list = "000001.jpg 0\r\n000002.jpg 0\r\n000003.jpg 1\r\n000004.jpg 2\r\n000005.jpg 0\r\n"
  private static let target = CelebAPreparation.Target(height: 6, width: 4)

  /// Five pictures of 21×13 pixels and some members that are none.
  private func members() throws -> [(name: String, content: Data)] {
    let jpeg = try Data(JPEGFileTests.bytes("jpeg-420.file"))
    return [("img_align_celeba/readme.txt", Data("words".utf8))] + (1...5).map { ("img_align_celeba/00000\($0).jpg", jpeg) }
  }

  private func collect(_ archive: Data, list: String = list, in folder: String) throws {
    _ = try RawFiles.make(
      ["img_align_celeba.zip": archive, "list_eval_partition.txt": Data(list.utf8)], in: folder, isOfficial: false)
  }

  private func prepare(_ folder: String, limit: Int? = nil, threads: Int = 2) throws -> DatasetCard {
    try CelebAPreparation.prepareReleased(
      raw: folder + "/raw", target: Self.target, limit: limit, output: folder + "/out", threadCount: threads)
  }

  @Test("pictures are cropped and resized as Pillow does, in the archive's order, split by the list") func released() throws {
    try collect(ZipWriter.archive(members()), in: folder)
    let card = try prepare(folder)
    #expect(card.splits.mapValues(\.count) == ["train": 3, "validation": 1, "test": 1])
    #expect(card.unofficial)
    #expect(card.notes == ["5 pictures have 21×13 pixels instead of 178×218: the middle 13×13 were taken"])
    #expect(card.picture == PictureShape(height: 6, width: 4) && card.sequenceLength == 24 && card.channelCount == 3)
    let square = CenteredSquare.crop(try JPEGFileTests.picture("jpeg-420.pixels"), side: 178)
    let expected = BilinearResize(fromWidth: 13, height: 13, toWidth: 4, height: 6).resize(square).pixels
    let values = try NumPyFile.read(folder + "/out/values.npy")
    #expect(values.shape == [5, 24, 3])
    #expect(try values.values(as: UInt8.self) == Array((0..<5).map { _ in expected }.joined()))
    let data = try PreparedDataset(directory: folder + "/out")
    guard case .values(let tensor) = data.batch([0], of: .test).input else { throw CocoaError(.featureUnsupported) }
    #expect(abs(tensor.values()[0] - (Float(expected[0]) / 255 - 0.5) / 0.5) < 1e-6)  // a rounding of float32 near 1
  }

  @Test("a limit takes the first pictures of each split") func limit() throws {
    try collect(TarWriter.archive(members()), in: folder)
    let card = try prepare(folder, limit: 1)
    #expect(card.splits.mapValues(\.count) == ["train": 1, "validation": 1, "test": 1])
    #expect(card.notes.contains("at most 1 pictures of each split, the first in the archive"))
  }

  @Test("damaged archives and lists are named, and leave nothing behind", arguments: ["picture", "twice", "none", "list"])
  func damaged(kind: String) throws {
    var members = try members()
    switch kind {
    case "picture": members[3].content.removeLast(60)
    case "twice": members.append(members[2])
    case "none": members = [members[0]]
    default: break
    }
    try collect(ZipWriter.archive(members), list: kind == "list" ? Self.list + "000006.jpg 3\n" : Self.list, in: folder)
    let error = stageError { _ = try prepare(folder) }
    #expect(error?.code == .badData)
    let place = ["picture": "000003.jpg", "twice": "000002.jpg", "none": "img_align_celeba.zip", "list": "line 6"][kind] ?? ""
    #expect(error?.location.contains(place) == true, "\(String(describing: error))")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == ["mirror", "raw"])
  }

  @Test("a quota page placed under the archive's name is refused by name") func quotaPage() throws {
    let page = "<!DOCTYPE html><html><head><title>Google Drive - Quota exceeded</title></head><body>Sorry</body></html>"
    try AtomicFile.write(page, to: folder + "/raw/img_align_celeba.zip")
    let error = stageError { try RawFiles.collect("celeba", ["img_align_celeba.zip"], in: folder) }
    #expect(error?.why == "it is Google Drive's page \"Quota exceeded\", not the file")
    #expect(error?.remedy.contains("by hand: open the Google Drive folder") == true)
  }

  @Test("more than the disk holds is refused with the space that is needed") func space() throws {
    let error = stageError {
      _ = try CelebAPreparation.prepareGenerated(
        counts: [.train: 2_000_000_000, .validation: 1, .test: 1], seed: 1, target: .init(), output: folder + "/out", threadCount: 1)
    }
    #expect(error?.what == "1572864.0 GB do not fit on the disk" && error?.code == .inputOutput)
  }

  @Test("generated pictures are the same on one and two threads, and differ from each other") func generated() throws {
    func prepare(_ name: String, threads: Int, seed: Int) throws -> Data? {
      try CelebAPreparation.prepareGenerated(
        counts: [.train: 5, .validation: 2, .test: 1], seed: seed, target: .init(height: 12, width: 10), output: folder + "/" + name,
        threadCount: threads)
      return FileManager.default.contents(atPath: "\(folder)/\(name)/values.npy")
    }
    let first = try prepare("a", threads: 1, seed: 3)
    #expect(try prepare("b", threads: 2, seed: 3) == first)
    #expect(try prepare("c", threads: 2, seed: 4) != first)
    let values = try NumPyFile.read(folder + "/a/values.npy").values(as: UInt8.self)
    var pictures: Set<ArraySlice<UInt8>> = []
    for index in 0..<8 { pictures.insert(values[index * 360..<(index + 1) * 360]) }
    #expect(pictures.count == 8)
    let card = try PreparedDataset(directory: folder + "/a").card
    #expect(card.splits.mapValues(\.count) == ["train": 5, "validation": 2, "test": 1])
  }

  @Test("impossible sizes and counts", arguments: [(0, 4, 1, 1), (20_000, 4, 1, 1), (4, 4, 0, 1), (4, 4, 1, -1)])
  func impossible(height: Int, width: Int, count: Int, seed: Int) {
    let error = stageError {
      _ = try CelebAPreparation.prepareGenerated(
        counts: [.train: count, .validation: 1, .test: 1], seed: seed, target: .init(height: height, width: width), output: "/nowhere/out",
        threadCount: 1)
    }
    #expect(error?.code == .badConfiguration)
  }
}

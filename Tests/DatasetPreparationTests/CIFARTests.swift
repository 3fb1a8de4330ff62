import Arrays
import DatasetPreparation
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct CIFARTests {
  /// A made-up record: the label and three constant planes.
  private func record(_ label: UInt8, red: UInt8, green: UInt8, blue: UInt8) -> Data {
    Data([label]) + Data(repeating: red, count: 1024) + Data(repeating: green, count: 1024) + Data(repeating: blue, count: 1024)
  }

  /// An archive of `perBatch` made-up records in each of the six files, none equal to another.
  private func members(perBatch: Int) -> [(name: String, content: Data)] {
    let names = ["test_batch"] + (1...5).reversed().map { "data_batch_\($0)" }
    return names.enumerated().map { batch, name in
      let records = (0..<perBatch).map { record(UInt8(($0 + batch) % 10), red: UInt8(10 * batch), green: UInt8($0), blue: 0) }
      return ("cifar-10-batches-bin/\(name).bin", records.reduce(Data(), +))
    }
  }

  /// Prepares an archive that a mirror vouches for as a subset.
  private func prepare(_ archive: Data, _ folder: String, _ variant: CIFARVariant = .gray) throws -> DatasetCard {
    try AtomicFile.write(archive, to: folder + "/mirror/part.tar")
    try AtomicFile.write("\(FileHash.hex(of: archive)) *part.tar\n", to: folder + "/mirror/SHA256SUMS")
    let yaml = """
      cifar10: {title: t, home: h, licence: l, byHand: b, files: [
        {name: cifar-10-binary.tar.gz, sha256: \(String(repeating: "0", count: 64)), subset: [part.tar]}]}
      """
    let source = try SourceList(yaml: yaml, path: "s").source("cifar10")
    _ = try RawCollector(source: source, folder: folder + "/raw", mirror: folder + "/mirror").collect([CIFARPreparation.archiveName])
    return try CIFARPreparation.prepare(variant, raw: folder + "/raw", output: folder + "/" + variant.rawValue)
  }

  @Test(
    "gray values equal Pillow's convert(\"L\")",
    arguments: [
      // Red, green, blue, and the value that Pillow's formula gives.
      (0, 0, 0, 0), (255, 255, 255, 255), (255, 0, 0, 76), (0, 255, 0, 150), (0, 0, 255, 29), (255, 255, 0, 226), (0, 255, 255, 179),
      (255, 0, 255, 105), (59, 62, 63, 61), (1, 2, 3, 2), (128, 64, 32, 79), (200, 100, 50, 124), (17, 230, 99, 151),
    ] as [(UInt8, UInt8, UInt8, UInt8)])
  func gray(red: UInt8, green: UInt8, blue: UInt8, expected: UInt8) {
    #expect(Grayscale.luma(red: red, green: green, blue: blue) == expected)
  }

  @Test("a subset is split anew, whole and disjoint, and marked unofficial") func subset() throws {
    let card = try prepare(TarWriter.archive(members(perBatch: 20)), folder)
    #expect(card.unofficial && !card.standIn)
    #expect(card.splits.mapValues(\.count) == ["train": 82, "validation": 6, "test": 32])
    #expect(card.splits.values.reduce(0) { $0 + $1.perClass.reduce(0, +) } == 120)
    #expect(card.notes.first?.contains("subset of 120 records") == true)
    #expect(card.sources.map(\.official) == [false])
    let lists = try Split.allCases.flatMap { try NumPyFile.read(folder + "/gray/split-\($0.rawValue).npy").values(as: Int32.self) }
    #expect(lists.sorted() == Array(0..<120))
  }

  @Test("records keep the order batch 1 to 5, then test, and labels stay with their images") func order() throws {
    _ = try prepare(TarWriter.archive(members(perBatch: 20)), folder)
    let values = try NumPyFile.read(folder + "/gray/values.npy")
    let labels = try NumPyFile.read(folder + "/gray/labels.npy").values(as: Int32.self)
    #expect(values.shape == [120, 1024, 1])
    let bytes = try values.values(as: UInt8.self)
    for record in 0..<120 {
      // In the archive the test batch comes first (0), then batches 5 (1) … 1 (5).
      let place = record < 100 ? 5 - record / 20 : 0
      #expect(labels[record] == Int32((record % 20 + place) % 10))
      #expect(bytes[record * 1024 + 500] == Grayscale.luma(red: UInt8(10 * place), green: UInt8(record % 20), blue: 0))
    }
  }

  @Test("batches are normalised with the constants of the card") func normalised() throws {
    _ = try prepare(TarWriter.archive(members(perBatch: 20)), folder)
    let data = try PreparedDataset(directory: folder + "/gray")
    let batch = data.batch([3], of: .test)
    let record = Int(try NumPyFile.read(folder + "/gray/split-test.npy").values(as: Int32.self)[3])
    let byte = try NumPyFile.read(folder + "/gray/values.npy").values(as: UInt8.self)[record * 1024]
    guard case .values(let tensor) = batch.input else { throw CocoaError(.featureUnsupported) }
    #expect(tensor.shape == [1, 1, 1024])
    #expect(abs(tensor.values()[0] - (Float(byte) - 122.6) / 61) < 1e-6)  // a rounding of float32 near 2
  }

  @Test("official splits: 45,000, 5,000, 10,000, disjoint, complete, and always the same") func officialSplits() {
    let splits = SplitLists.holdingOutTenth(training: 0..<50_000, test: 50_000..<60_000, shufflesTest: false)
    #expect(splits.mapValues(\.count) == [.train: 45_000, .validation: 5000, .test: 10_000])
    var uses = [Int](repeating: 0, count: 60_000)
    for record in splits.values.joined() { uses[Int(record)] += 1 }
    #expect(uses.allSatisfy { $0 == 1 })
    #expect(splits[.test] == Array(50_000..<60_000))
    // The published list: a change here would silently change every result.
    let bytes = Split.allCases.reduce(Data()) { $0 + NumPyArray(splits[$1] ?? [], shape: [splits[$1]?.count ?? 0]).data }
    #expect(FileHash.hex(of: bytes) == "7df7efa1a6a8219ac53786b495e46f58903d97e1f193772e1847faad9ef846fa")
  }

  @Test("damaged archives", arguments: ["missing batch", "broken record", "unknown class", "truncated"]) func damaged(kind: String) throws {
    _ = try prepare(TarWriter.archive(members(perBatch: 2)), folder)
    let before = FileManager.default.contents(atPath: folder + "/gray/card.json")
    var members = members(perBatch: 2)
    switch kind {
    case "missing batch": members.removeLast()
    case "broken record": members[1].content.removeLast()
    case "unknown class": members[2].content[0] = 10
    default: break
    }
    let archive = TarWriter.archive(members)
    #expect(stageError { _ = try prepare(kind == "truncated" ? archive.prefix(20_000) : archive, folder) }?.code == .badData)
    #expect(FileManager.default.contents(atPath: folder + "/gray/card.json") == before, "the earlier folder stays")
  }
}

import Arrays
import DatasetPreparation
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct PathfinderReleaseTests {
  private typealias Members = [(name: String, content: Data)]
  private static let inner = "lra_release/lra_release/pathfinder32/curv_contour_length_14"

  /// Gray value of each picture: 10 times the batch plus its number, so that a record says where it came from.
  private static func picture(_ value: UInt8, size: Int = 32) throws -> Data {
    try PNGFile.encode(Picture(width: size, height: size, channelCount: 1, pixels: [UInt8](repeating: value, count: size * size)))
  }

  /// Three batches of ten pictures; labels are the parity of the number. Pictures come before metadata, batch 10 before batch 2.
  private static func members(folder: String = inner, flip: Int = 0) throws -> Members {
    var members: Members = []
    let batches = [1, 10, 2]
    for batch in batches {
      for number in 0..<10 {
        members.append(("\(folder)/imgs/\(batch)/sample_\(number).png", try picture(UInt8(10 * batch + number))))
      }
    }
    for batch in batches {
      let lines = (0..<10).map { "imgs/\(batch) sample_\($0).png \($0) \(($0 + flip) % 2) 1.0 14 4 5 0.5 1 1\n" }
      members.append(("\(folder)/metadata/\(batch).npy", Data(lines.joined().utf8)))
    }
    return members
  }

  private func prepare(_ members: Members, in folder: String, resolution: Int = 32) throws -> DatasetCard {
    try AtomicFile.write(TarWriter.archive(members), to: folder + "/raw/lra_release.gz")
    try RawFiles.collect("lra", ["lra_release.gz"], in: folder)
    return try PathfinderPreparation.prepareReleased(
      raw: folder + "/raw", resolution: resolution, centered: false, output: folder + "/p")
  }

  @Test("labels belong to their pictures, whatever the order in the archive") func order() throws {
    let members = try Self.members()
    var lists: [[UInt8]] = []
    for order in [members, members.reversed()] {
      let place = "\(folder)/\(lists.count)"
      let card = try prepare(order, in: place)
      #expect(card.splits.mapValues(\.count) == ["train": 24, "validation": 3, "test": 3])
      #expect(card.unofficial && !card.standIn && card.sequenceLength == 1024)
      let values = try NumPyFile.read(place + "/p/values.npy").values(as: UInt8.self)
      let labels = try NumPyFile.read(place + "/p/labels.npy").values(as: Int32.self)
      for record in 0..<30 { #expect(labels[record] == Int32(values[record * 1024] % 2)) }
      let train = try NumPyFile.read(place + "/p/split-train.npy").values(as: Int32.self)
      lists.append(train.map { values[Int($0) * 1024] })
    }
    #expect(lists[0] == lists[1], "splits follow the metadata, not the archive")
  }

  @Test("the inner of two folders is taken, and the card says so") func innerFolder() throws {
    let outer = "lra_release/pathfinder32/curv_contour_length_14"
    let easy = Self.inner.replacingOccurrences(of: "_14", with: "_6")
    let members = try Self.members(folder: outer, flip: 1) + Self.members() + Self.members(folder: easy, flip: 1)
    let card = try prepare(members, in: folder)
    #expect(card.notes.contains("the inner of 2 folders; passed over: \(outer)"))
    let values = try NumPyFile.read(folder + "/p/values.npy").values(as: UInt8.self)
    let labels = try NumPyFile.read(folder + "/p/labels.npy").values(as: Int32.self)
    #expect(labels.count == 30 && labels.indices.allSatisfy { labels[$0] == Int32(values[$0 * 1024] % 2) })
  }

  @Test("empty files and pictures without metadata are skipped and counted") func skipped() throws {
    var members = try Self.members()
    members[3].content = Data()
    members.append(("\(Self.inner)/imgs/1/stray.png", try Self.picture(5)))
    let card = try prepare(members, in: folder)
    #expect(card.splits.values.reduce(0) { $0 + $1.count } == 29)
    #expect(card.notes.contains("1 empty files were skipped") && card.notes.contains("1 pictures without metadata were skipped"))
  }

  private static let damages: [(String, @Sendable (inout [(name: String, content: Data)]) throws -> Void)] = [
    ("a picture is missing", { $0.removeFirst() }), ("a picture is broken", { $0[0].content = $0[0].content.prefix(60) }),
    ("a picture has another size", { $0[0].content = try picture(1, size: 16) }),
    ("metadata is a true NPY file", { $0[30].content = Data([0x93] + Array("NUMPY".utf8)) }),
    ("a picture is named twice", { $0[30].content += $0[30].content }), ("no metadata", { $0.removeLast(3) }),
  ]

  @Test("damaged archives are refused and leave nothing", arguments: damages.indices) func damaged(index: Int) throws {
    var members = try Self.members()
    try Self.damages[index].1(&members)
    let error = stageError { _ = try prepare(members, in: folder) }
    #expect(error?.code == .badData, "\(Self.damages[index].0)")
    #expect(error?.remedy.contains("--source generated") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["raw"])
  }

  @Test("an unknown size, and no raw data at all") func missing() throws {
    #expect(stageError { _ = try prepare(try Self.members(), in: folder, resolution: 31) }?.code == .badConfiguration)
    #expect(stageError { _ = try prepare(try Self.members(), in: folder, resolution: 64) }?.code == .badData)
    let error = stageError {
      try PathfinderPreparation.prepareReleased(raw: folder + "/none", resolution: 32, centered: false, output: folder + "/p")
    }
    #expect(error?.code == .missingInput)
  }
}

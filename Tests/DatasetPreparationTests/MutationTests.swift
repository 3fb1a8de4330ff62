import Foundation
import RunSupport
import TestSupport
import Testing

@testable import DatasetPreparation

/// Thousands of damaged files for each parser: every one is read or refused with a `StageError`, never anything else.
@Suite(.temporaryFolder) struct MutationTests {
  @Test("IDX") func idx() throws {
    let file: [UInt8] = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4] + (0..<24).map { UInt8($0 * 10) }
    try Mutation.expectRefusals(1500, of: file, rounds: 3000, seed: 1) { _ = try IDXFile($0, name: "a", advice: "") }
  }

  @Test("JPEG", arguments: ["420", "444", "progressive", "gray"]) func jpeg(kind: String) throws {
    let file = try JPEGFileTests.bytes("jpeg-\(kind).file")
    try Mutation.expectRefusals(600, of: file, rounds: 2000, cases: 4, seed: 2) { _ = try JPEGFile.decode($0, name: "a") }
  }

  @Test("partition list") func partitionList() throws {
    let file = Array((1...40).map { String(format: "%06d.jpg %d\r\n", $0, $0 % 3) }.joined().utf8)
    try Mutation.expectRefusals(1000, of: file, rounds: 2500, seed: 3) { _ = try PartitionList($0, path: "a", advice: "") }
  }

  @Test("list of sources") func sources() throws {
    let text = """
      celeba:
        title: "Pictures"
        home: http://localhost/
        licence: none
        byHand: copy it
        files:
          - name: a.zip
            urls: [http://localhost/a.zip, "http://localhost/b"]
            bytes: 12
            md5: 00112233445566778899aabbccddeeff
            mirror: [a.zip]
      """
    try Mutation.expectRefusals(500, of: Array(text.utf8), rounds: 2000, seed: 4) {
      _ = try SourceList(yaml: String(decoding: $0, as: UTF8.self), path: "s")
    }
  }

  @Test("receipt") func receipt() throws {
    let entry = Receipt.Entry(
      name: "a.bin", file: "folder/a.bin", sha256: String(repeating: "0a", count: 32), bytes: 12, origin: "http://localhost/a.bin",
      verifiedBy: "sha256", official: true, standIn: false)
    let file = [UInt8](Data(try JSONText.encode(Receipt(dataset: "celeba", files: [entry])).utf8))
    try Mutation.expectRefusals(200, of: file, rounds: 600, seed: 8) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/receipt.json"))
      #expect(try Receipt.existing(in: folder, madeBy: "a test") != nil)
    }
  }

  @Test("archives: every member's bytes or an error") func archives() throws {
    let members = [("folder/a.bin", Data(repeating: 1, count: 700)), ("b.bin", Data("bee".utf8))]
    let tar = [UInt8](TarWriter.archive(members.map { (name: $0.0, content: $0.1) }))
    let zip = [UInt8](ZipWriter.archive(members.map { (name: $0.0, content: $0.1) }))
    for (seed, archive) in [tar, zip].enumerated() {
      try Mutation.expectRefusals(0, of: archive, rounds: 2000, seed: 5 + UInt64(seed)) { bytes in
        try Data(bytes).write(to: URL(fileURLWithPath: folder + "/a"))
        let limits = ArchiveLimits(memberBytes: 1 << 20, totalBytes: 1 << 24, entryCount: 100)
        try ArchiveReader(path: folder + "/a", advice: "", limits: limits).forEachMember { member in
          let count = try member.bytes().count
          #expect(count <= limits.memberBytes)
          return true
        }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }
}

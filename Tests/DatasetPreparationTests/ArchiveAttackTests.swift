import DatasetPreparation
import Foundation
import RunSupport
import TestSupport
import Testing

/// Archives made to do harm: members are streamed and never unpacked, so nothing may be written, and nothing may cost without bound.
@Suite(.temporaryFolder) struct ArchiveAttackTests {
  private static let secret = Data("payload".utf8)

  /// Reads an archive that lies in a folder of its own, and checks that nothing else appears beside it.
  private func read(_ archive: Data, limits: ArchiveLimits = ArchiveLimits()) throws -> [String: [UInt8]] {
    let path = folder + "/inside/a.archive"
    try AtomicFile.write(archive, to: path)
    defer {
      let found = (try? FileManager.default.subpathsOfDirectory(atPath: folder).sorted()) ?? []
      #expect(found == ["inside", "inside/a.archive"])
    }
    var members: [String: [UInt8]] = [:]
    try ArchiveReader(path: path, advice: "fetch it again", limits: limits).forEachMember { member in
      members[member.name] = try member.bytes()
      return true
    }
    return members
  }

  private static let hostileNames = [
    "/etc/ssm-repro-evil", "../evil", "folder/../../evil", "a/..", "..", "C:\\evil", "..\\evil", "//evil",
  ]

  @Test("absolute and climbing names are passed over, in tar and zip", arguments: hostileNames) func names(name: String) throws {
    let members = [(name: name, content: Self.secret), (name: "good", content: Data("fine".utf8))]
    #expect(try read(TarWriter.archive(members)) == ["good": Array("fine".utf8)])
    let fromZip = try read(ZipWriter.archive(members))
    #expect(fromZip["good"] == Array("fine".utf8))
    #expect(fromZip.keys.allSatisfy { !$0.hasPrefix("/") && !$0.contains("..") && !$0.contains("\\") }, "\(fromZip.keys)")
  }

  @Test("dots inside of names are no harm") func dots() throws {
    let members = ["./a", "b..c", ".hidden", "folder/...x"].map { (name: $0, content: Self.secret) }
    #expect(try Set(read(TarWriter.archive(members)).keys) == Set(members.map(\.name)))
  }

  @Test("links, devices, pipes and folders are passed over", arguments: Array("123456")) func types(type: Character) throws {
    let archive = TarWriter.entry("evil", type: type, link: "/etc/passwd") + TarWriter.archive([("good", Self.secret)])
    #expect(try read(archive) == ["good": [UInt8](Self.secret)])
  }

  @Test("names that are no UTF-8 are passed over or repaired, and the rest is read") func badNames() throws {
    for bytes in [[0xFF, 0xFE], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0xAF]] as [[UInt8]] {
      var archive = TarWriter.archive([("xxxx", Self.secret), ("good", Self.secret)])
      archive.replaceSubrange(0..<bytes.count, with: bytes)
      TarWriter.correctChecksum(of: &archive)
      #expect(try read(archive)["good"] == [UInt8](Self.secret))
      var zip = ZipWriter.archive([("xxxx", Self.secret), ("good", Self.secret)])
      while let place = zip.range(of: Data("xxxx".utf8)) {
        zip.replaceSubrange(place.lowerBound..<place.lowerBound + bytes.count, with: bytes)
      }
      #expect(try read(zip)["good"] == [UInt8](Self.secret))
    }
  }

  @Test("a member that declares 10 GB, with nothing behind it, where no set has so much") func declaredSize() throws {
    let archive = TarWriter.entry("big.bin", type: "0", size: 10 << 30) + Data(count: 4096)
    let expected = "it declares 10737418240 bytes, at most 8589934592 are read of an archive"
    #expect(stageError { _ = try read(archive) }?.why == expected)
    #expect(stageError { _ = try read(archive, limits: .longRangeArena) }?.code == .badData, "the archive ends early")
  }

  /// Compresses with `gzip`; the results may follow each other in one file.
  private func compressed(_ data: Data) throws -> Data {
    try withTemporaryFolder { folder in
      try AtomicFile.write(data, to: folder + "/part")
      _ = try ChildProcess("/usr/bin/env", ["gzip", "-9", "-n", folder + "/part"], output: .discarded, errors: .inherited)
      return try Data(contentsOf: URL(fileURLWithPath: folder + "/part.gz"))
    }
  }

  /// 10 GB of zeros in 10 MB.
  @Test("a small file that unpacks to 10 GB: stopped at the limit of a member, or of the archive if it is skipped") func bombs() throws {
    let zeros = try compressed(Data(count: 1 << 24))
    let header = try compressed(TarWriter.entry("big.bin", type: "0", size: 10 << 30))
    let bomb = (0..<640).reduce(into: header) { all, _ in all += zeros }
    #expect(bomb.count < 11 << 20)
    let roomy = ArchiveLimits(memberBytes: 1 << 20, totalBytes: 1 << 36)
    let error = stageError { _ = try read(bomb, limits: roomy) }
    #expect(error?.what == "big.bin is too large")
    #expect(error?.why == "it has more than 1048576 bytes, which no file of this kind has")
    #expect(stageError { _ = try read(bomb) }?.why.hasPrefix("it declares 10737418240 bytes") == true)
    try AtomicFile.write(bomb, to: folder + "/a.gz")
    let reader = ArchiveReader(path: folder + "/a.gz", advice: "", limits: ArchiveLimits(totalBytes: 1 << 24))
    #expect(stageError { _ = try reader.singleFile(atMost: 1 << 20) }?.why.contains("more than 1048576 bytes") == true)
    #expect(stageError { _ = try reader.singleFile(atMost: 1 << 26) }?.why.contains("more than 16777216 bytes") == true)
  }

  @Test("an archive of 1,000,000 members is read where they are allowed, and refused where no set has so many")
  func manyEntries() throws {
    let entries = (0..<10_000).reduce(into: Data()) { all, _ in all += TarWriter.entry("a", type: "0") }
    let part = try compressed(entries)
    let archive = folder + "/many/a.tar.gz"
    try AtomicFile.write((0..<100).reduce(into: Data()) { all, _ in all += part }, to: archive)
    func count(_ limits: ArchiveLimits) throws -> Int {
      var count = 0
      try ArchiveReader(path: archive, advice: "", limits: limits).forEachMember { _ in
        count += 1
        return true
      }
      return count
    }
    #expect(try count(.longRangeArena) == 1_000_000)
    let error = stageError { _ = try count(ArchiveLimits()) }
    #expect(error?.what.hasSuffix("has too many members") == true && error?.why == "more than 500000 are not read")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/many") == ["a.tar.gz"])
  }
}

import DatasetPreparation
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct RawCollectorTests {
  private let fixture = RawFixture()
  private static let content = RawFixture.content
  private static let more = "mirror: [archive.bin, demo/archive.bin]\n      subset: [demo/subset.bin]\n      standIn: [demo/other.bin]"

  private func mirror(_ files: [String: Data], vouched: [String]) throws -> String {
    for (name, data) in files { try fixture.write(data, to: "mirror/" + name) }
    let sums = vouched.compactMap { name in files[name].map { "\(FileHash.hex(of: $0))  \(name)\n" } }
    try fixture.write(Data(sums.joined().utf8), to: "mirror/SHA256SUMS")
    return folder + "/mirror"
  }

  @Test("the official file is taken from any listed path of a mirror") func official() throws {
    let mirror = try mirror(["demo/archive.bin": Self.content], vouched: [])
    let entry = try #require(try fixture.collect(try fixture.source(more: Self.more), mirror: mirror).first)
    #expect(entry.official && !entry.standIn)
    #expect(entry.origin == "mirror: demo/archive.bin")
    #expect(entry.verifiedBy == "sha256")
    #expect(fixture.contents("raw/archive.bin") == Self.content)
  }

  @Test("a bad official file in a mirror is an error, not a reason to take the subset") func badOfficial() throws {
    let files = ["archive.bin": Self.content.dropLast(), "demo/subset.bin": Data("part".utf8)]
    let mirror = try mirror(files, vouched: ["demo/subset.bin"])
    let error = stageError { try fixture.collect(try fixture.source(more: Self.more), mirror: mirror) }
    #expect(error?.code == .badData && error?.why == "expected 300000 bytes, found 299999")
    #expect(fixture.rawFiles.isEmpty)
  }

  @Test("a vouched subset is taken under its own name and marked unofficial") func subset() throws {
    let mirror = try mirror(["demo/subset.bin": Data("part".utf8)], vouched: ["demo/subset.bin"])
    let entry = try #require(try fixture.collect(try fixture.source(more: Self.more), mirror: mirror).first)
    #expect(!entry.official && !entry.standIn)
    #expect(entry.name == "archive.bin" && entry.file == "subset.bin")
    #expect(entry.verifiedBy == "SHA256SUMS of the mirror")
  }

  @Test("nothing but the mirror's SHA256SUMS vouches for a subset", arguments: [true, false])
  func unvouchedSubset(isListed: Bool) throws {
    let mirror = try mirror(["demo/subset.bin": Data("part".utf8)], vouched: isListed ? ["demo/subset.bin"] : [])
    if isListed { try fixture.write(Data("changed".utf8), to: "mirror/demo/subset.bin") }
    let error = stageError { try fixture.collect(try fixture.source(more: Self.more), mirror: mirror) }
    #expect(error?.code == .badData && error?.what.hasPrefix(isListed ? "checksum differs" : "nothing vouches") == true)
    #expect(fixture.rawFiles.isEmpty)
  }

  @Test("a stand-in is taken only where it is allowed", arguments: [true, false]) func standIn(isAllowed: Bool) throws {
    let mirror = try mirror(["demo/other.bin": Data("other".utf8)], vouched: ["demo/other.bin"])
    let source = try fixture.source(more: Self.more)
    if isAllowed {
      let entry = try #require(try fixture.collect(source, mirror: mirror, allowStandIns: true).first)
      #expect(entry.standIn && !entry.official)
      #expect(entry.file == "stand-in/other.bin")
      // Later, without the permission, it does not count as there.
      #expect(stageError { try fixture.collect(source, mirror: mirror) }?.code == .missingInput)
    } else {
      #expect(stageError { try fixture.collect(source, mirror: mirror) }?.code == .missingInput)
    }
  }

  @Test("a file placed by hand is verified like any other") func placedByHand() throws {
    try fixture.write(Self.content, to: "raw/archive.bin")
    let entry = try #require(try fixture.collect(try fixture.source()).first)
    #expect(entry.origin == "placed by hand" && entry.official)
    try fixture.write(Data("<!doctype html><title>Sign in</title>".utf8), to: "raw/archive.bin")
    let error = stageError { try fixture.collect(try fixture.source()) }
    #expect(error?.code == .badData && error?.why == "it is an HTML page titled \"Sign in\", not the file")
    #expect(fixture.contents("raw/archive.bin") != nil, "a file of the user is not deleted")
  }

  @Test("where no hash is published, the first download's is recorded and must recur") func recordedHash() throws {
    let source = try fixture.source(bytes: nil, hash: "hash: none published")
    try fixture.write(Self.content, to: "raw/archive.bin")
    #expect(try fixture.collect(source).first?.verifiedBy == "first download")
    try fixture.write(Data("changed".utf8), to: "raw/archive.bin")
    let error = stageError { try fixture.collect(source) }
    let place = "as the entry archive.bin of \(fixture.raw)/receipt.json says"
    #expect(error?.why.hasPrefix("expected sha256 (recorded at the first download) \(FileHash.hex(of: Self.content)), \(place)") == true)
    unlink(fixture.file)
    try fixture.write(Data("changed".utf8), to: "mirror/archive.bin")
    let changed = try fixture.source(bytes: nil, hash: "hash: none published", more: Self.more)
    #expect(try fixture.collect(changed, mirror: folder + "/mirror").first?.sha256 == FileHash.hex(of: Data("changed".utf8)))
  }

  @Test("an archive is fetched unless all its members are at hand", arguments: [true, false]) func members(areAllThere: Bool) throws {
    let yaml = """
      demo: {title: t, home: h, licence: l, byHand: b, files: [
        {name: all.tar, hash: none published, mirror: [all.tar]},
        {name: one.txt, hash: none published, memberOf: all.tar, mirror: [one.txt]},
        {name: two.txt, hash: none published, memberOf: all.tar, mirror: [two.txt]}]}
      """
    var files = ["one.txt": Data("1".utf8), "all.tar": TarWriter.archive([("one.txt", Data("1".utf8))])]
    if areAllThere { files["two.txt"] = Data("2".utf8) }
    let mirror = try mirror(files, vouched: [])
    let collector = try RawCollector(source: try SourceList(yaml: yaml, path: "s").source("demo"), folder: fixture.raw, mirror: mirror)
    let entries = try collector.collect(["one.txt", "two.txt"])
    #expect(entries.map(\.name) == (areAllThere ? ["one.txt", "two.txt"] : ["all.tar"]))
  }

  @Test("a mirror that is no folder") func noMirror() throws {
    #expect(stageError { try fixture.collect(try fixture.source(), mirror: folder + "/nowhere") }?.code == .missingInput)
  }

  @Test("preprocessing notices a raw file that is gone, changed or was never fetched") func rawFolder() throws {
    #expect(stageError { _ = try RawFolder(directory: fixture.raw, command: "x") }?.code == .missingInput)
    try fixture.write(Self.content, to: "raw/archive.bin")
    try fixture.collect(try fixture.source())
    let folder = try RawFolder(directory: fixture.raw, command: "x")
    #expect(try folder.verifiedPath(of: "archive.bin") == fixture.file)
    #expect(try folder.verifiedPath(of: "other.bin") == nil)
    try fixture.write(Data("changed".utf8), to: "raw/archive.bin")
    #expect(stageError { _ = try folder.verifiedPath(of: "archive.bin") }?.code == .badData)
    unlink(fixture.file)
    #expect(stageError { _ = try folder.verifiedPath(of: "archive.bin") }?.code == .missingInput)
  }
}

import DatasetPreparation
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct ArchiveReaderTests {
  private static let members: [(name: String, content: Data)] = [
    ("folder/a.bin", Data(repeating: 1, count: 3000)), ("folder/b.bin", Data("bee".utf8)), ("empty", Data()),
  ]

  private func read(_ archive: Data, upTo limit: Int = .max) throws -> [String: [UInt8]] {
    let path = folder + "/a.tar"
    try AtomicFile.write(archive, to: path)
    var found: [String: [UInt8]] = [:]
    try ArchiveReader(path: path, advice: "fetch it again").forEachMember { member in
      found[member.name] = try member.bytes()
      return found.count < limit
    }
    return found
  }

  @Test("members arrive whole") func whole() throws {
    let expected = Self.members.map { ($0.name, [UInt8]($0.content)) }
    #expect(try read(TarWriter.archive(Self.members)) == Dictionary(uniqueKeysWithValues: expected))
  }

  @Test("reading stops where the caller wants") func stops() throws {
    #expect(try read(TarWriter.archive(Self.members), upTo: 1).count == 1)
  }

  @Test("a truncated or foreign archive is named", arguments: [(2000, "folder/a.bin"), (100, "its beginning"), (0, "")])
  func truncated(length: Int, place: String) {
    let error = stageError { _ = try read(TarWriter.archive(Self.members).prefix(length)) }
    if length == 0 {
      #expect(error == nil || error?.code == .badData)
      return
    }
    #expect(error?.code == .badData && error?.why.hasPrefix("it is truncated or damaged") == true)
    #expect(error?.remedy == "fetch it again" && error?.location.hasSuffix(place) == true)
  }

  @Test("text is no archive") func text() {
    #expect(stageError { _ = try read(Data("no archive at all, only some words".utf8)) }?.code == .badData)
  }

  @Test("a missing file") func missing() {
    #expect(stageError { try ArchiveReader(path: "/nowhere/a.tar", advice: "").forEachMember { _ in true } } != nil)
  }
}

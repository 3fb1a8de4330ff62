import DatasetPreparation
import Foundation
import Loopback
import RunSupport
import TestSupport
import Testing

/// Files for which no hash is published: the first download is recorded, so it must not be a wrong one, nor bind for ever if it was.
@Suite(.temporaryFolder) struct FirstDownloadTests {
  private let fixture = RawFixture()
  private typealias Step = LoopbackServer.Step
  private typealias Respond = @Sendable (LoopbackServer.Request) -> [LoopbackServer.Step]
  private static let content = RawFixture.content
  private static let name = "BIDMC32RR_TRAIN.ts"
  private static let file = "raw/" + name

  private func collect(_ respond: @escaping Respond) throws -> (entries: [Receipt.Entry], error: StageError?, lines: [String]) {
    let (entries, error, _, lines) = try fixture.collect(Self.name, of: "bidmc", respond)
    return (entries, error, lines)
  }

  @Test("an empty file, one without length or end mark and one packed for the way are refused, and the right one then arrives")
  func refused() throws {
    let wrong: [(Respond, String)] = [
      ({ _ in Step.answer("200 OK", Data()) }, "it has no bytes"),
      ({ _ in [.head("200 OK", []), .send(Self.content.prefix(1000))] }, "the server states neither length nor end of the file"),
      ({ _ in Step.answer("200 OK", Self.content, ["Content-Encoding: gzip"]) }, "it sent the file packed (gzip)"),
      ({ _ in Step.answer("200 OK", Data([0x1F, 0x8B]) + Self.content) }, "it is compressed, although its name says otherwise"),
    ]
    for (respond, why) in wrong {
      let error = try collect(respond).error
      #expect(error?.code == .badData && error?.why.hasPrefix(why) == true, "\(why): \(String(describing: error))")
      #expect(fixture.rawFiles.isEmpty)
    }
    let right = try collect { _ in [.head("200 OK", ["Transfer-Encoding: chunked"]), .send(Self.chunks)] }
    #expect(right.error == nil && right.entries.first?.sha256 == FileHash.hex(of: Self.content))
  }

  /// The content in two chunks, with the mark of the end.
  private static let chunks: Data = {
    let parts = [content.prefix(100_000), content.dropFirst(100_000)]
    return parts.reduce(Data()) { $0 + Data("\(String($1.count, radix: 16))\r\n".utf8) + $1 + Data("\r\n".utf8) } + Data("0\r\n\r\n".utf8)
  }()

  @Test("a cut chunk is no file, and is not continued where the server does not name the version") func cutChunk() throws {
    let (error, requests) = try { (error: $0.error, requests: $0.requests) }(
      fixture.collect(Self.name, of: "bidmc") { _ in [.head("200 OK", ["Transfer-Encoding: chunked"]), .send(Self.chunks.prefix(90_000))] })
    #expect(error?.code == .retryLater && error?.why.hasSuffix("0 bytes are kept") == true)
    #expect(requests.map(\.rangeStart) == [nil, nil] && fixture.rawFiles.isEmpty)
  }

  @Test("a part is continued only in the version that it is of", arguments: ["\"1\"", "\"2\""]) func versions(tag: String) throws {
    let changed = tag == "\"1\"" ? Self.content : Data(Self.content.reversed())
    let (_, error, requests, _) = try fixture.collect(Self.name, of: "bidmc", attempts: 3) { request in
      request.number == 0
        ? [.head("200 OK", ["Content-Length: 300000", "ETag: \"1\""]), .send(Self.content.prefix(100_000))]
        : Step.content(changed, for: request, tag: tag)
    }
    #expect(error == nil && fixture.contents(Self.file) == changed)
    #expect(requests.map(\.rangeStart) == [nil, 100_000] + (tag == "\"1\"" ? [] : [nil]))
  }

  @Test("a part that is complete is not fetched again") func completePart() throws {
    let server = try LoopbackServer { Step.content(Self.content, for: $0) }
    defer { server.stop() }
    let url = server.url("/archive.bin")
    try fixture.write(Self.content, to: "raw/archive.bin.part")
    try fixture.write(Data("{\"total\": 300000, \"url\": \"\(url)\"}".utf8), to: "raw/archive.bin.part.json")
    let entries = try fixture.collect(try fixture.source(urls: [url], bytes: nil, hash: "hash: none published"))
    #expect(entries.map(\.origin) == [url] && server.requests.isEmpty && fixture.rawFiles == ["archive.bin", "receipt.json"])
  }

  @Test("an archive is read to its end before it is recorded") func archives() throws {
    let tar = TarWriter.archive([("a", Data((0..<50_000).map { UInt8(truncatingIfNeeded: $0 &* $0) })), ("b", Data("text".utf8))])
    try AtomicFile.write(tar, to: folder + "/tar")
    _ = try ChildProcess("/usr/bin/env", ["gzip", "-n", folder + "/tar"], output: .discarded, errors: .inherited)
    let gzip = try #require(fixture.contents("tar.gz"))
    var flipped = gzip
    flipped[gzip.count - 6] ^= 1  // in the checksum: the content stays readable
    let files: [(Data, String?)] = [
      (gzip, nil), (gzip + gzip, nil), (tar, nil), (flipped, "it is damaged before byte"), (gzip.dropLast(3), "it ends early, after"),
      (gzip + Data("more".utf8), "something else follows its end at byte \(gzip.count)"),
      (tar.prefix(20_000), "it is truncated or damaged"),
      (Self.content, "it is truncated or damaged"),
    ]
    for (data, why) in files {
      try? FileManager.default.removeItem(atPath: fixture.raw)
      let error = try fixture.collect("lra_release.gz", of: "lra") { Step.content(data, for: $0) }.error
      if let why {
        #expect(error?.code == .badData && error?.why.hasPrefix(why) == true, "\(why): \(String(describing: error))")
        #expect(fixture.rawFiles.isEmpty)
      } else {
        #expect(error == nil)
      }
    }
  }

  @Test("a download that was stopped before its receipt is not taken for one placed by hand") func stoppedBeforeReceipt() throws {
    let obstacle = AtomicFile.sidePath(of: fixture.raw + "/receipt.json")
    try FileManager.default.createDirectory(atPath: obstacle, withIntermediateDirectories: true)
    let source = try fixture.source()
    let server = try LoopbackServer { Step.content(Self.content, for: $0) }
    defer { server.stop() }
    let fetched = try fixture.source(urls: [server.url("/archive.bin")])
    #expect(stageError { try fixture.collect(fetched) }?.code == .inputOutput)
    try FileManager.default.removeItem(atPath: obstacle)
    #expect(try fixture.collect(source).first?.origin == server.url("/archive.bin"))
    #expect(fixture.rawFiles == ["archive.bin", "receipt.json"])
  }

  @Test("what preparation refuses binds no longer, whether the file is deleted or another put in its place", arguments: [true, false])
  func refusedByPreparation(isDeleted: Bool) throws {
    let names = BIDMCTask.respiratoryRate.fileNames
    @Sendable func text(_ value: Int) -> Data { Data("@problemName x\n@dimensions \(value)\n@data\n".utf8) }
    for (number, name) in names.enumerated() { try fixture.write(text(3 + number), to: "raw/" + name) }
    try RawFiles.collect("bidmc", names, in: folder)
    let recipe = try #require(DataFamily.bidmc.recipes.first { $0.files == names })
    let inputs = DataRecipe.Inputs(parameters: [:], raw: fixture.raw, output: folder + "/p", threadCount: 1)
    let refusal = stageError { try recipe.make(inputs) }
    #expect(refusal?.code == .badData && refusal?.remedy == "delete \(fixture.raw)/\(names[0]) and run `make download-bidmc`")
    let receipt = fixture.contents("raw/receipt.json")
    if isDeleted {
      unlink("\(fixture.raw)/\(names[0])")
      #expect(try fixture.collect(names[0], of: "bidmc") { Step.content(text(2), for: $0) }.error == nil)
    } else {
      try fixture.write(text(2), to: "raw/" + names[0])
      try RawFiles.collect("bidmc", names, in: folder)
    }
    let files = try JSONText.decode(Receipt.self, fromFile: fixture.raw + "/receipt.json", madeBy: "download")
    #expect(files[names[0]]?.sha256 == FileHash.hex(of: text(2)) && files[names[1]]?.sha256 == FileHash.hex(of: text(4)))
    #expect(receipt != nil && !fixture.rawFiles.contains("refused.json"))
  }
}

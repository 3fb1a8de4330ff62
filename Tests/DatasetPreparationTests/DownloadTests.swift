import DatasetPreparation
import Foundation
import Loopback
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct DownloadTests {
  private let fixture = RawFixture()
  private typealias Step = LoopbackServer.Step
  private static let content = RawFixture.content

  /// Runs a download from a server and returns its error, if any.
  private func download(
    bytes: Int? = content.count, hash: String? = nil, _ respond: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Step]
  ) throws -> (error: StageError?, requests: [LoopbackServer.Request]) {
    let server = try LoopbackServer(respond)
    defer { server.stop() }
    let source = try fixture.source(
      urls: [server.url("/archive.bin")], bytes: bytes, hash: hash ?? "sha256: \(FileHash.hex(of: Self.content))")
    let error = stageError { try fixture.collect(source) }
    return (error, server.requests)
  }

  /// Runs a download that must succeed.
  private func fetch(_ respond: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Step]) throws -> [LoopbackServer.Request] {
    let (error, requests) = try download(respond)
    #expect(error == nil)
    #expect(fixture.contents("raw/archive.bin") == Self.content)
    return requests
  }

  /// Runs a download that must fail, after so many requests, and leave nothing; returns the reason.
  private func refusal(
    _ code: StageError.Code, after count: Int = 1, bytes: Int? = content.count, hash: String? = nil,
    _ respond: @escaping @Sendable (LoopbackServer.Request) -> [LoopbackServer.Step]
  ) throws -> String {
    let (error, requests) = try download(bytes: bytes, hash: hash, respond)
    #expect(error?.code == code && requests.count == count)
    #expect(fixture.rawFiles.isEmpty)
    return error?.why ?? ""
  }

  @Test("a good file arrives with its receipt") func good() throws {
    #expect(try fetch { Step.content(RawFixture.content, for: $0) }.count == 1)
    #expect(fixture.rawFiles == ["archive.bin", "receipt.json"])
    let receipt = try JSONText.decode(Receipt.self, fromFile: fixture.raw + "/receipt.json", madeBy: "download")
    #expect(receipt["archive.bin"]?.official == true)
    #expect(receipt["archive.bin"]?.verifiedBy == "sha256")
  }

  @Test("a cut connection is continued where it broke") func resume() throws {
    let requests = try fetch { request in
      if request.number > 0 { return Step.content(RawFixture.content, for: request) }
      return [.head("200 OK", ["Content-Length: 300000"]), .send(RawFixture.content.prefix(100_000))]
    }
    #expect(requests.map(\.rangeStart) == [nil, 100_000])
  }

  @Test("a part of an earlier process is continued") func resumeEarlierPart() throws {
    try fixture.write(Self.content.prefix(250_000), to: "raw/archive.bin.part")
    #expect(try fetch { Step.content(RawFixture.content, for: $0) }.map(\.rangeStart) == [250_000])
    #expect(fixture.rawFiles == ["archive.bin", "receipt.json"])
  }

  @Test("a part of another version is thrown away and fetched whole") func staleParts() throws {
    try fixture.write(Data(repeating: 7, count: 1000), to: "raw/archive.bin.part")
    #expect(try fetch { Step.content(RawFixture.content, for: $0) }.map(\.rangeStart) == [1000, nil])
  }

  @Test("a server without ranges sends the whole file again") func serverWithoutRanges() throws {
    try fixture.write(Self.content.prefix(1000), to: "raw/archive.bin.part")
    _ = try fetch { _ in Step.answer("200 OK", RawFixture.content) }
  }

  @Test("redirects are followed") func redirect() throws {
    let requests = try fetch { request in
      request.path == "/archive.bin"
        ? Step.answer("302 Found", Data("moved".utf8), ["Location: /elsewhere"]) : Step.content(RawFixture.content, for: request)
    }
    #expect(requests.map(\.path) == ["/archive.bin", "/elsewhere"])
  }

  @Test("404 is not tried again and leaves nothing") func notFound() throws {
    let why = try refusal(.missingInput) { _ in Step.answer("404 Not Found", Data("<html>no</html>".utf8)) }
    #expect(why == "the server answers 404, it has no such file")
  }

  @Test("503 is tried again") func busyThenGood() throws {
    let requests = try fetch { request in
      request.number < 2 ? Step.answer("503 Service Unavailable", Data()) : Step.content(RawFixture.content, for: request)
    }
    #expect(requests.count == 3)
  }

  @Test("a server that stays busy is given up with `retry later`") func busyForEver() throws {
    let why = try refusal(.retryLater, after: 3) { _ in Step.answer("503 Service Unavailable", Data("busy".utf8)) }
    #expect(why == "the server answers 503, after 3 attempts; 0 bytes are kept")
  }

  @Test(
    "wrong length", arguments: [(299_999, "it sent more than the expected 299999 bytes"), (300_001, "expected 300001 bytes, found 300000")])
  func wrongLength(expected: Int, reason: String) throws {
    #expect(try refusal(.badData, bytes: expected) { Step.content(RawFixture.content, for: $0) } == reason)
  }

  @Test(
    "wrong hash",
    arguments: [
      ("sha256: \(String(repeating: "0", count: 64))", "expected sha256 0000"),
      ("md5: \(String(repeating: "0", count: 32))", "expected md5 0000"),
    ])
  func wrongHash(hash: String, why: String) throws {
    #expect(try refusal(.badData, hash: hash) { Step.content(RawFixture.content, for: $0) }.hasPrefix(why))
  }

  @Test("a right md5 is enough where only that is published") func rightMD5() throws {
    let hash = "md5: \(FileHash.hex(of: Self.content, .md5))"
    let (error, _) = try download(hash: hash) { Step.content(RawFixture.content, for: $0) }
    #expect(error == nil)
  }

  @Test(
    "web pages are refused by name",
    arguments: [
      ("<!DOCTYPE html><html><head><title>Google Drive - Quota exceeded</title></head></html>", "Google Drive's page \"Quota exceeded\""),
      ("\n <HTML><head><TITLE>Log in</TITLE></head></HTML>", "an HTML page titled \"Log in\""), ("<html></html>", "an HTML page"),
    ])
  func webPage(page: String, name: String) throws {
    #expect(try refusal(.badData) { _ in Step.answer("200 OK", Data(page.utf8)) } == "it sent \(name), not the file")
  }

  @Test("a server that stalls is cut; what came is kept") func slowServer() throws {
    let server = try LoopbackServer { _ in
      [.head("200 OK", ["Content-Length: 300000"]), .send(RawFixture.content.prefix(10)), .pause(20)]
    }
    defer { server.stop() }
    var collector = try RawCollector(source: try fixture.source(urls: [server.url("/archive.bin")]), folder: fixture.raw, mirror: nil)
    collector.policy.attempts = 1
    collector.policy.slowSeconds = 2
    let error = stageError { _ = try collector.collect([RawFixture.name]) }
    #expect(error?.code == .retryLater && error?.why == "Timeout was reached, after 1 attempts; 10 bytes are kept")
    #expect(fixture.rawFiles == ["archive.bin.part"])
  }

  @Test("the second address is used if the first has no file") func secondAddress() throws {
    let server = try LoopbackServer { request in
      request.path == "/b" ? Step.content(RawFixture.content, for: request) : Step.answer("404 Not Found", Data())
    }
    defer { server.stop() }
    let entries = try fixture.collect(try fixture.source(urls: [server.url("/a"), server.url("/b")]))
    #expect(entries.map(\.origin) == [server.url("/b")])
  }

  @Test("file: addresses work, also from the middle") func fileAddress() throws {
    try fixture.write(Self.content, to: "store/archive.bin")
    let source = try fixture.source(urls: ["file://\(folder)/store/archive.bin"])
    try fixture.write(Self.content.prefix(123), to: "raw/archive.bin.part")
    try fixture.collect(source)
    #expect(fixture.contents("raw/archive.bin") == Self.content)
  }

  @Test("a failure leaves the earlier file and receipt alone") func earlierFilesStay() throws {
    let subset = Data("subset".utf8)
    try fixture.write(subset, to: "mirror/part.bin")
    try fixture.write(Data("\(FileHash.hex(of: subset))  part.bin\n".utf8), to: "mirror/SHA256SUMS")
    try fixture.collect(try fixture.source(more: "subset: [part.bin]"), mirror: folder + "/mirror")
    let receipt = fixture.contents("raw/receipt.json")
    let (error, requests) = try download { _ in Step.answer("200 OK", Data("<html>".utf8)) }
    #expect(error?.code == .badData)
    #expect(requests.count == 1, "without the mirror the official file is asked for")
    #expect(fixture.rawFiles == ["part.bin", "receipt.json"])
    #expect(fixture.contents("raw/part.bin") == subset)
    #expect(fixture.contents("raw/receipt.json") == receipt)
  }

  @Test("a folder that cannot be written", .enabled(if: getuid() != 0, "root may write everywhere")) func unwritable() throws {
    try fixture.write(Data(), to: "raw/.keep")
    chmod(fixture.raw, 0o555)
    defer { chmod(fixture.raw, 0o755) }
    let (error, _) = try download { Step.content(RawFixture.content, for: $0) }
    #expect(error?.code == .inputOutput && error?.why == "Permission denied")
  }

  @Test("a folder under a file cannot be made") func folderUnderFile() throws {
    try fixture.write(Data("x".utf8), to: "raw")
    let (error, _) = try download { Step.content(RawFixture.content, for: $0) }
    #expect(error?.code == .inputOutput)
    #expect(fixture.contents("raw") == Data("x".utf8))
  }
}

import DatasetPreparation
import Foundation
import Loopback
import TestSupport
import Testing

@Suite(.temporaryFolder) struct RedirectTests {
  private let fixture = RawFixture()
  private typealias Step = LoopbackServer.Step

  @Test(
    "a redirect leads to no other protocol, at once",
    arguments: ["file:///etc/hostname", "ftp://127.0.0.1:9/a", "gopher://127.0.0.1:9/a", "dict://127.0.0.1:9/a"])
  func otherProtocol(target: String) throws {
    let server = try LoopbackServer { _ in Step.answer("302 Found", Data(), ["Location: \(target)"]) }
    defer { server.stop() }
    let error = stageError { try fixture.collect(try fixture.source(urls: [server.url("/a")], bytes: nil, hash: "hash: none published")) }
    #expect(error?.code == .inputOutput)
    #expect(error?.why == "it redirects to \(target), but only https and http is followed from here")
    #expect(server.requests.count == 1 && fixture.rawFiles.isEmpty)
  }

  @Test("an encrypted address leads only to encrypted ones") func encrypted() {
    #expect(TransferPolicy.redirectSchemes(from: "https://host/a") == ["https"])
    #expect(TransferPolicy.redirectSchemes(from: "HTTP://host/a") == ["https", "http"])
    #expect(TransferPolicy.redirectSchemes(from: "file:///a") == ["https"])
  }

  @Test("redirects without end are given up") func endless() throws {
    let server = try LoopbackServer { _ in Step.answer("302 Found", Data(), ["Location: /a"]) }
    defer { server.stop() }
    #expect(
      stageError { try fixture.collect(try fixture.source(urls: [server.url("/a")])) }?.why == "Number of redirects hit maximum amount")
    #expect(server.requests.count == 11)
  }

  @Test("a server that cuts after each byte is given up") func dripping() throws {
    let server = try LoopbackServer { request in
      guard request.number < 20 else { return Step.answer("404 Not Found", Data()) }
      let start = request.rangeStart ?? 0
      let fields = ["Content-Range: bytes \(start)-299999/300000", "Content-Length: \(300_000 - start)"]
      return [.head(start == 0 ? "200 OK" : "206 Partial Content", fields), .send(RawFixture.content[start..<start + 1])]
    }
    defer { server.stop() }
    let error = stageError { try fixture.collect(try fixture.source(urls: [server.url("/archive.bin")])) }
    #expect(error?.code == .retryLater && error?.why.hasSuffix("after 3 attempts; 3 bytes are kept") == true)
    #expect(server.requests.count == 3)
  }
}

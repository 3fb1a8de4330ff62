import DatasetPreparation
import Foundation
import Loopback
import RunSupport
import TestSupport
import Testing

/// How a file of each family's own entry in `data/sources.yaml` arrives from a server on this machine, or does not. Where the entry
/// publishes length and hash, those of the served bytes stand in their place.
@Suite(.temporaryFolder) struct EveryFamilyDownloadTests {
  private let fixture = RawFixture()
  private typealias Step = LoopbackServer.Step
  private typealias Respond = @Sendable (LoopbackServer.Request) -> [LoopbackServer.Step]

  private static let files = [
    "lra lra_release.gz", "imdb aclImdb_v1.tar.gz", "cifar10 cifar-10-binary.tar.gz", "speech-commands speech_commands_v0.02.tar.gz",
    "celeba img_align_celeba.zip", "celeba list_eval_partition.txt", "moving-mnist train-images-idx3-ubyte.gz",
    "moving-mnist t10k-labels-idx1-ubyte.gz", "bidmc BIDMC32HR_TRAIN.ts",
  ]

  private struct Outcome {
    let error: StageError?
    let requests: [LoopbackServer.Request]
    /// The file as the entry says it must be.
    let isHashed: Bool
  }

  private func collect(_ file: String, attempts: Int = 2, slowSeconds: Int = 30, _ respond: @escaping Respond) throws -> Outcome {
    let words = file.split(separator: " ").map(String.init)
    var isHashed = false
    func change(_ file: inout RawSource.File) {
      file.urls = Array(file.urls.prefix(1))
      // An archive has to be one unless a hash says what it is.
      isHashed = file.bytes != nil || file.name.hasSuffix(".gz")
      if isHashed { (file.bytes, file.hash) = (RawFixture.content.count, .sha256(FileHash.hex(of: RawFixture.content))) }
    }
    let (_, error, requests, _) = try fixture.collect(
      words[1], of: words[0], attempts: attempts, slowSeconds: slowSeconds, change: change, respond)
    return Outcome(error: error, requests: requests, isHashed: isHashed)
  }

  @Test("redirected, cut, refused for a moment, and continued where it broke", arguments: files) func arrives(file: String) throws {
    let outcome = try collect(file, attempts: 3) { request in
      switch request.number {
      case 1: [.head("200 OK", ["Content-Length: 300000", "ETag: \"1\""]), .send(RawFixture.content.prefix(100_000))]
      case 2: Step.answer("503 Service Unavailable", Data("busy".utf8))
      default:
        request.path == "/elsewhere"
          ? Step.content(RawFixture.content, for: request) : Step.answer("302 Found", Data(), ["Location: /elsewhere"])
      }
    }
    #expect(outcome.error == nil)
    #expect(outcome.requests.map(\.rangeStart) == [nil, nil, 100_000, 100_000, 100_000])
    let name = file.split(separator: " ").last.map(String.init) ?? ""
    #expect(fixture.rawFiles == [name, "receipt.json"].sorted())
    #expect(fixture.contents("raw/" + name) == RawFixture.content)
  }

  @Test("no such file, and a server that stays busy", arguments: files) func unavailable(file: String) throws {
    let missing = try collect(file) { _ in Step.answer("404 Not Found", Data("<html>no</html>".utf8)) }
    #expect(missing.error?.code == .missingInput && missing.requests.count == 1)
    #expect(missing.error?.remedy.contains("by hand") == true)
    let busy = try collect(file) { _ in Step.answer("503 Service Unavailable", Data()) }
    #expect(busy.error?.code == .retryLater && busy.requests.count == 2)
    #expect(fixture.rawFiles.isEmpty)
  }

  @Test("a quota page, a wrong length and a wrong hash", arguments: files) func wrongContent(file: String) throws {
    let page = Data("<!doctype html><title>Google Drive - Quota exceeded</title>".utf8)
    let quota = try collect(file) { _ in Step.answer("200 OK", page) }
    #expect(quota.error?.code == .badData && quota.error?.why.contains("Quota exceeded") == true)
    #expect(fixture.rawFiles.isEmpty)
    guard quota.isHashed else { return }
    let short = try collect(file) { Step.content(RawFixture.content.dropLast(), for: $0) }
    #expect(short.error?.code == .badData && short.error?.why == "expected 300000 bytes, found 299999")
    try? FileManager.default.removeItem(atPath: fixture.raw)
    let other = try collect(file) { Step.content(RawFixture.content.dropLast() + [0], for: $0) }
    #expect(other.error?.code == .badData && other.error?.why.hasPrefix("expected sha256") == true)
    #expect(fixture.rawFiles.isEmpty)
  }

  @Test("a server that stalls is cut; what came is kept", arguments: files) func slow(file: String) throws {
    let outcome = try collect(file, attempts: 1, slowSeconds: 1) { _ in
      [.head("200 OK", ["Content-Length: 300000", "ETag: \"1\""]), .send(RawFixture.content.prefix(10)), .pause(5)]
    }
    #expect(outcome.error?.code == .retryLater && outcome.error?.why.hasSuffix("10 bytes are kept") == true)
    #expect(fixture.rawFiles.allSatisfy { $0.contains(".part") })
  }
}

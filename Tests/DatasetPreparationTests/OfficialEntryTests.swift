import DatasetPreparation
import Foundation
import Loopback
import RunSupport
import TestSupport
import Testing

/// The project's own entries of `data/sources.yaml`, with their addresses turned to a server on this machine.
@Suite(.temporaryFolder) struct OfficialEntryTests {
  private let fixture = RawFixture()
  private typealias Step = LoopbackServer.Step

  @Test(
    "another file of the right name is refused by its length, a web page by its kind; nothing stays",
    arguments: [
      ("cifar10", "cifar-10-binary.tar.gz", "/~kriz/cifar-10-binary.tar.gz", 170_052_171),
      ("imdb", "aclImdb_v1.tar.gz", "/~amaas/data/sentiment/aclImdb_v1.tar.gz", 84_125_825),
      ("speech-commands", "speech_commands_v0.02.tar.gz", "/data/speech_commands_v0.02.tar.gz", 2_428_923_189),
      ("celeba", "img_align_celeba.zip", "/download", 1_443_490_838),
      ("moving-mnist", "t10k-images-idx3-ubyte.gz", "/mnist/t10k-images-idx3-ubyte.gz", 1_648_877),
    ])
  func hashed(dataset: String, name: String, path: String, bytes: Int) throws {
    let other = try fixture.collect(name, of: dataset) { Step.content(RawFixture.content, for: $0) }
    #expect(other.error?.code == .badData)
    #expect(other.error?.why.contains("expected \(bytes) bytes") == true)
    #expect(other.requests.first?.path == path)
    #expect(fixture.rawFiles.filter { !$0.hasSuffix(".part") }.isEmpty)
    try? FileManager.default.removeItem(atPath: fixture.raw)
    let page = Data("<!doctype html><title>Quota exceeded</title>".utf8)
    let refused = try fixture.collect(name, of: dataset) { _ in Step.answer("200 OK", page) }
    #expect(refused.error?.code == .badData && refused.error?.why.contains("Quota exceeded") == true)
    #expect(fixture.rawFiles.isEmpty)
  }

  @Test(
    "without a published hash the first download is recorded, until its file is deleted",
    arguments: [
      ("bidmc", "BIDMC32RR_TRAIN.ts", "/record/4001463/files/BIDMC32RR_TRAIN.ts"),
      ("bidmc", "BIDMC32SpO2_TEST.ts", "/record/4001464/files/BIDMC32SpO2_TEST.ts"),
      ("lra", "tsv_data/new_aan_pairs.test.tsv", "/long-range-arena/lra_release.gz"),
    ])
  func recorded(dataset: String, name: String, path: String) throws {
    let content = dataset == "lra" ? TarWriter.archive([("one", RawFixture.content)]) : RawFixture.content
    let first = try fixture.collect(name, of: dataset) { Step.content(content, for: $0) }
    #expect(first.error == nil && first.requests.map(\.path) == [path])
    let entry = try #require(first.entries.first)
    #expect(entry.official && entry.verifiedBy == "first download" && entry.sha256 == FileHash.hex(of: content))
    try fixture.write(content.dropLast() + [9], to: "raw/\(entry.file)")
    #expect(try fixture.collect(name, of: dataset) { _ in [] }.error?.why.contains("receipt.json") == true)
    try FileManager.default.removeItem(atPath: "\(fixture.raw)/\(entry.file)")
    let other = dataset == "lra" ? TarWriter.archive([("two", RawFixture.content)]) : Data("other".utf8)
    let changed = try fixture.collect(name, of: dataset) { Step.content(other, for: $0) }
    #expect(changed.entries.first?.sha256 == FileHash.hex(of: other))
    #expect(changed.lines.contains { $0.hasPrefix("note:") && $0.contains("differs from the earlier copy") }, "\(changed.lines)")
  }
}

import DatasetPreparation
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite struct SourceListTests {
  private static let good = """
    demo:
      title: Demonstration
      home: http://localhost/
      licence: none
      byHand: copy it
      files:
        - name: a.bin
          urls: [http://localhost/a.bin]
          bytes: 12
          md5: 00000000000000000000000000000000
    """

  private func error(replacing old: String, by new: String) -> StageError? {
    stageError { _ = try SourceList(yaml: Self.good.replacingOccurrences(of: old, with: new), path: "sources.yaml") }
  }

  @Test("an entry is read as written") func entry() throws {
    let source = try SourceList(yaml: Self.good, path: "sources.yaml").source("demo")
    let file = try source.file(named: "a.bin")
    #expect(source.title == "Demonstration" && source.byHand == "copy it")
    #expect(file.urls == ["http://localhost/a.bin"] && file.bytes == 12)
    #expect(file.hash == .md5(String(repeating: "0", count: 32)))
    #expect(stageError { _ = try source.file(named: "b.bin") }?.code == .badConfiguration)
  }

  @Test("unknown keys are errors with line and nearest key", arguments: [("title", "titel", 2), ("bytes", "byte", 9)])
  func unknownKey(key: String, misspelt: String, line: Int) {
    let error = error(replacing: key + ":", by: misspelt + ":")
    #expect(error?.code == .badConfiguration && error?.what == "unknown key \(misspelt) in sources.yaml")
    #expect(error?.location.contains("line \(line)") == true && error?.remedy == "did you mean \(key)?")
  }

  @Test(
    "malformed entries",
    arguments: [
      ("md5: 00000000000000000000000000000000", "md5: 123"), ("md5: 00000000000000000000000000000000", "hash: unknown"),
      ("http://localhost/a.bin]", "ftp://localhost/a.bin]"), ("http://localhost/a.bin]", "a.bin]"), ("bytes: 12", "bytes: -1"),
      ("bytes: 12", "bytes: many"), ("urls: [http://localhost/a.bin]", "urls: http://localhost/a.bin"),
      ("  title: Demonstration\n", ""), ("demo:", "demo: ["),
      ("md5: 00000000000000000000000000000000", "md5: 00000000000000000000000000000000\n      hash: none published"),
    ])
  func malformed(old: String, new: String) {
    #expect(error(replacing: old, by: new)?.code == .badConfiguration)
  }

  @Test("a misspelt dataset gets a suggestion") func unknownDataset() throws {
    let list = try SourceList(yaml: Self.good, path: "sources.yaml")
    #expect(stageError { _ = try list.source("dem") }?.why == "listed are demo; did you mean demo?")
  }

  @Test("no file") func noFile() {
    #expect(stageError { _ = try SourceList(file: "/nowhere/sources.yaml") }?.code == .missingInput)
  }

  @Test("the project's own list names what its tools ask for") func ownList() throws {
    let list = try SourceList(file: RawFiles.sources)
    let cifar = try list.source(CIFARPreparation.family).file(named: CIFARPreparation.archiveName)
    #expect(cifar.bytes == 170_052_171)
    let arena = try list.source(ArenaArchive.dataset)
    for name in ListOpsPreparation.releasedNames.values {
      let archive = try #require(try arena.file(named: name).memberOf)
      #expect(try !arena.file(named: archive).urls.isEmpty)
    }
  }
}

import Arrays
import DatasetPreparation
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct DatasetPagesTests {
  private static let sources = """
    demo:
      title: Demonstration & <more>
      home: http://localhost/?a=1&b=2
      licence: "none: \\"free\\""
      byHand: copy it
      files: [{name: a, hash: none published}]
    """

  private func card(_ kind: DatasetCard.InputKind, length: Int, vocabulary: [String] = [], notes: [String] = []) -> DatasetCard {
    var card = DatasetCard(family: "demo", variant: "plain", inputKind: kind, sequenceLength: length, classCount: 2)
    (card.vocabulary, card.notes) = (vocabulary, notes)
    card.sources = [.init(name: "a", sha256: "00", bytes: 3, official: true)]
    return card
  }

  private static let splits: [Split: [Int32]] = [.train: [0, 1, 2, 3], .validation: [4], .test: [5]]
  private static let labels: [Int32] = [0, 1, 0, 1, 0, 1]

  private func pictures(_ output: String, notes: [String] = []) throws {
    try PreparedFolder.make(at: output) { folder in
      var card = card(.values, length: 64, notes: notes)
      try folder.write(NumPyArray((0..<6 * 64).map { UInt8(truncatingIfNeeded: $0) }, shape: [6, 64, 1]), as: "values.npy")
      card.splits = try folder.write(labels: Self.labels, classCount: 2, splits: Self.splits)
      return card
    }
  }

  private func write(_ folder: String) throws -> [String] {
    try AtomicFile.write(Self.sources, to: folder + "/sources.yaml")
    return try DatasetPages.write(data: folder + "/data", sources: folder + "/sources.yaml", output: folder + "/pages")
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  @Test("pictures are embedded, classes counted, texts escaped, and the index names every page") func pages() throws {
    try pictures(folder + "/data/prepared/demo/plain", notes: ["<script>alert(1)</script>"])
    let files = try write(folder)
    #expect(files.map { ($0 as NSString).lastPathComponent } == ["demo-plain.html", "index.html"])
    let page = try text(files[0])
    #expect(page.contains("<img src=\"data:image/png;base64,"))
    #expect(page.contains("<title>train, 1: 2</title>"), "bars tell class and count")
    #expect(page.contains("Demonstration &amp; &lt;more&gt;"))
    #expect(page.contains("<a href=\"http://localhost/?a=1&amp;b=2\">"))
    #expect(page.contains("Licence: none: &quot;free&quot;"))
    #expect(page.contains("&lt;script&gt;") && !page.contains("<script"))
    #expect(page.contains("official data"))
    #expect(try text(files[1]).contains("<a href=\"demo-plain.html\">demo · plain</a>"))
  }

  @Test("tags are balanced on every kind of page") func balanced() throws {
    try pictures(folder + "/data/prepared/demo/pictures")
    try PreparedFolder.make(at: folder + "/data/prepared/demo/signals") { prepared in
      var card = card(.values, length: 50)
      let values = (0..<300).map { Float(($0 * 37) % 11) }
      try prepared.write(NumPyArray(values, shape: [6, 50, 1]), as: "values.npy")
      card.splits = try prepared.write(labels: Self.labels, classCount: 2, splits: Self.splits)
      return card
    }
    try PreparedFolder.make(at: folder + "/data/prepared/demo/text") { prepared in
      var card = card(.tokens, length: 3, vocabulary: ["<pad>", "<unk>", "<eos>", "a", "&"])
      try prepared.write(NumPyArray([3, 2, 4, 2, 3, 4, 2, 2, 2, 2] as [UInt8], shape: [10]), as: "tokens.npy")
      try prepared.write(NumPyArray([0, 2, 4, 7, 8, 9, 10] as [Int64], shape: [7]), as: "offsets.npy")
      card.splits = try prepared.write(labels: Self.labels, classCount: 2, splits: Self.splits)
      return card
    }
    let files = try write(folder)
    #expect(files.count == 4)
    for file in files { #expect(try unbalanced(text(file)) == [], "\(file)") }
    #expect(try text(files[1]).components(separatedBy: "<polyline").count == 9, "four signals with their spectra")
    #expect(try text(files[2]).contains("<pre>a&lt;eos&gt;</pre>"))
  }

  /// Names of elements whose opening and closing tags differ in number.
  private func unbalanced(_ html: String) throws -> [String] {
    let names = Set(html.matches(of: /<\/([a-z0-9]+)>/).map { String($0.output.1) })
    return try names.filter { name in
      let opening = try Regex("<\(name)[ >]")
      let selfClosing = try Regex("<\(name) [^>]*/>")
      let open = html.matches(of: opening).count - html.matches(of: selfClosing).count
      return open != html.components(separatedBy: "</\(name)>").count - 1
    }.sorted()
  }

  @Test("without prepared data the index says what to do; writing again changes nothing") func empty() throws {
    let files = try write(folder)
    #expect(files.count == 1)
    #expect(try text(files[0]).contains("make data"))
    let before = try FileManager.default.attributesOfItem(atPath: files[0])[.modificationDate] as? Date
    _ = try write(folder)
    #expect(try FileManager.default.attributesOfItem(atPath: files[0])[.modificationDate] as? Date == before)
  }

  @Test("verifying names what changed and goes on with the rest") func verify() throws {
    for name in ["a", "b", "c"] { try pictures(folder + "/prepared/demo/" + name) }
    try AtomicFile.makeDirectory(folder + "/prepared/demo/.d.99.part")
    var lines: [String] = []
    let inventory = DataInventory(directory: folder)
    #expect(inventory.preparedFolders.count == 3)
    #expect(inventory.verify { lines.append($0) }.summary == "3 folders agree, 0 differ")
    #expect(lines.count == 3 * 5)
    var values = try Data(contentsOf: URL(fileURLWithPath: folder + "/prepared/demo/b/values.npy"))
    values[values.count - 1] ^= 1
    try values.write(to: URL(fileURLWithPath: folder + "/prepared/demo/b/values.npy"))
    let report = inventory.verify { _ in }
    #expect(report.summary == "2 folders agree, 1 differ")
    #expect(report.firstError?.what == "checksum differs for \(folder)/prepared/demo/b/values.npy")
    #expect(DataInventory(directory: folder + "/none").verify { _ in }.firstError == nil)
  }
}

import DatasetPreparation
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct ListOpsPreparationTests {
  private static let parameters = TextParameters(
    counts: [.train: 60, .validation: 12, .test: 15], minimumLength: 10, maximumLength: 80, seed: 2)

  /// The table of a split in its released form.
  private func table(_ examples: ArraySlice<ListOpsExample>) throws -> String {
    let words = (0...9).map(String.init) + ["[MIN", "[MAX", "[MED", "[SM", "]"]
    return try examples.reduce(into: "Source\tTarget\r\n") { text, example in
      let node = try #require(ListOpsReference.parse(example.words.map { words[Int($0)] }))
      text += "\(ListOpsReference.text(node))\t\(ListOpsReference.value(node))\r\n"
    }
  }

  @Test("one and two threads write the same bytes") func sameBytes() throws {
    try ListOpsPreparation.prepareGenerated(Self.parameters, output: folder + "/one", threadCount: 1)
    try ListOpsPreparation.prepareGenerated(Self.parameters, output: folder + "/two", threadCount: 2)
    let one = try files(folder + "/one")
    #expect(one == (try files(folder + "/two")))
    let names = ["card.json", "labels.npy", "offsets.npy", "split-test.npy", "split-train.npy", "split-validation.npy", "tokens.npy"]
    #expect(one.keys.sorted() == names)
  }

  @Test("what a loader reads back are the generated trees") func readBack() throws {
    let card = try ListOpsPreparation.prepareGenerated(Self.parameters, output: folder + "/p", threadCount: 2)
    let data = try PreparedDataset(directory: folder + "/p")
    #expect(data.card == card)
    #expect(card.vocabulary.count == 18 && !card.unofficial && !card.standIn)
    #expect(card.generator?.parameters == Self.parameters.dictionary)
    let trees = try ListOpsGenerator(minimumLength: 10, maximumLength: 80, seed: 2).examples(87, threadCount: 1)
    var first = 0
    for (split, count) in [(Split.train, 60), (.validation, 12), (.test, 15)] {
      #expect(data.count(of: split) == count)
      let batch = data.batch(0..<count, of: split)
      guard case .tokens(let tokens, _, let length) = batch.input else { throw CocoaError(.featureUnsupported) }
      for row in 0..<count {
        let words = tokens[row * length..<(row + 1) * length].prefix { $0 != 2 }.map { card.vocabulary[Int($0)] }
        let tree = trees[first + row]
        #expect(words == tree.words.map { ListOpsWord.texts[Int($0)] })
        #expect(batch.labels[row] == Int32(tree.target))
      }
      first += count
    }
  }

  @Test("released tables, alone or in the archive, give the tokens of the same trees", arguments: [true, false])
  func released(asArchive: Bool) throws {
    let trees = try ListOpsGenerator(minimumLength: 500, maximumLength: 2000, seed: 2).examples(9, threadCount: 2)
    let tables = try ["train": table(trees[..<5]), "val": table(trees[5..<7]), "test": table(trees[7...])]
    let members = tables.map { (name: "lra_release/listops-1000/basic_\($0.key).tsv", content: Data($0.value.utf8)) }
    if asArchive {
      let other = [(name: "lra_release/readme", content: Data("text".utf8))]
      try AtomicFile.write(TarWriter.archive(other + members.sorted { $0.name < $1.name }), to: folder + "/mirror/lra_release.gz")
    } else {
      for member in members { try AtomicFile.write(member.content, to: folder + "/mirror/" + member.name) }
    }
    try RawFiles.collect("lra", Self.names, in: folder, mirror: folder + "/mirror")
    let card = try ListOpsPreparation.prepareReleased(raw: folder + "/raw", output: folder + "/released")
    #expect(card.splits.mapValues(\.count) == ["train": 5, "validation": 2, "test": 2])
    #expect(card.unofficial, "the release has more expressions")
    #expect(!card.standIn)
    #expect(card.sources.count == (asArchive ? 1 : 3))
    let parameters = TextParameters(counts: [.train: 5, .validation: 2, .test: 2], minimumLength: 500, maximumLength: 2000, seed: 2)
    try ListOpsPreparation.prepareGenerated(parameters, output: folder + "/generated", threadCount: 2)
    var (one, two) = (try files(folder + "/released"), try files(folder + "/generated"))
    one["card.json"] = nil
    two["card.json"] = nil
    #expect(one == two)
  }

  @Test("expressions of other sizes than the release's make a stand-in") func standIn() throws {
    for name in ListOpsPreparation.releasedNames.values {
      try AtomicFile.write("Source\tTarget\n( ( ( [MAX 3 ) 4 ) ] )\t4\n", to: folder + "/raw/" + name)
    }
    try RawFiles.collect("lra", Self.names, in: folder)
    #expect(try ListOpsPreparation.prepareReleased(raw: folder + "/raw", output: folder + "/p").standIn)
  }

  @Test("an archive without the tables, and no raw data at all") func missing() throws {
    #expect(stageError { try ListOpsPreparation.prepareReleased(raw: folder + "/raw", output: folder + "/p") }?.code == .missingInput)
    try AtomicFile.write(TarWriter.archive([("readme", Data("text".utf8))]), to: folder + "/raw/lra_release.gz")
    try RawFiles.collect("lra", Self.names, in: folder)
    #expect(stageError { try ListOpsPreparation.prepareReleased(raw: folder + "/raw", output: folder + "/p") }?.code == .badData)
    #expect(!FileManager.default.fileExists(atPath: folder + "/p"))
  }

  @Test("impossible counts", arguments: [0, -1, Int.max]) func impossibleCounts(count: Int) {
    var parameters = Self.parameters
    parameters.counts[.train] = count
    let error = stageError { try ListOpsPreparation.prepareGenerated(parameters, output: "/nowhere", threadCount: 1) }
    #expect(error?.code == .badConfiguration)
  }

  private static let names = ListOpsPreparation.releasedNames.values.sorted()
}

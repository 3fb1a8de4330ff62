import DatasetPreparation
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct RetrievalTests {
  private static let parameters = TextParameters(
    counts: [.train: 40, .validation: 6, .test: 10], minimumLength: 20, maximumLength: 60, seed: 4)

  private func read(_ text: String, pieceSize: Int = 1000) throws -> [DocumentPair] {
    var table = DocumentPairTable(name: "t", advice: "a")
    return try table.rows(of: text, pieceSize: pieceSize)
  }

  @Test("label, two identifiers, two texts; quotation marks are characters", arguments: [1, 5, 1000]) func table(pieceSize: Int) throws {
    let pairs = try read("0.0\tA1\tB2\tb'first'\t\"second é\n1\tA1\tB3\t\tx", pieceSize: pieceSize)
    #expect(
      pairs == [DocumentPair(first: "b'first'", second: "\"second é", label: 0), DocumentPair(first: "", second: "x", label: 1)])
  }

  @Test(
    "bad lines are named with their number",
    arguments: [
      ("", 1, "the file is empty"), ("1\ta\tb\tc", 1, "4 columns, expected are 5: label, two identifiers, two texts"),
      ("1\ta\tb\tc\td\n2\ta\tb\tc\td\n", 2, "the label is \"2\", expected is 0 or 1"),
      ("label\ta\tb\tc\td\n", 1, "the label is \"label\", expected is 0 or 1"),
    ])
  func badLine(text: String, line: Int, why: String) {
    let error = stageError { _ = try read(text) }
    #expect(error?.code == .badData && error?.location == "t, line \(line)" && error?.why == why)
  }

  @Test("generated pairs: both labels alike, the same for the same seed, said to be unofficial") func generated() throws {
    let card = try RetrievalPreparation.prepareGenerated(Self.parameters, output: folder + "/p")
    #expect(card == (try RetrievalPreparation.prepareGenerated(Self.parameters, output: folder + "/q")))
    #expect(card.unofficial && card.documentCount == 2 && card.generator?.parameters == Self.parameters.dictionary)
    #expect(card.splits["train"]?.perClass == [20, 20])
    let data = try PreparedDataset(directory: folder + "/p")
    let batch = data.batch([0, 1, 2], of: .test)
    guard case .tokens(let tokens, let rows, let length) = batch.input else { throw CocoaError(.featureUnsupported) }
    #expect(rows == 6 && batch.count == 3 && batch.labels == [0, 1, 0])
    let generator = PairGenerator(seed: 4, lengths: 20...60)
    let pairs = (46..<49).map(generator.pair)
    for (row, text) in (pairs.map(\.first) + pairs.map(\.second)).enumerated() {
      let words = tokens[row * length..<(row + 1) * length].prefix { $0 != 2 }.map { card.vocabulary[Int($0)] }
      #expect(words.joined() == text)
    }
  }

  @Test("pairs of one topic share more words than others") func topics() {
    let generator = PairGenerator(seed: 1, lengths: 200...300)
    var shared = [0, 0]
    for index in 0..<200 {
      let pair = generator.pair(index)
      let sets = [pair.first, pair.second].map { Set($0.split(separator: " ").filter { $0.count == 6 }) }
      shared[index % 2] += sets[0].intersection(sets[1]).isEmpty ? 0 : 1
    }
    // Each document has about ten words of its topic's six; those of different topics have none in common.
    #expect(shared[0] < 10 && shared[1] > 90)
  }

  /// Tables as released, in the raw folder or inside the release archive.
  @Test("released files, alone or in the archive, give the same prepared pairs", arguments: [true, false])
  func released(asArchive: Bool) throws {
    let generator = PairGenerator(seed: 4, lengths: 20...60)
    func table(_ range: Range<Int>) -> Data {
      Data(range.map { "\($0 % 2).0\tx\ty\t\(generator.pair($0).first)\t\(generator.pair($0).second)\n" }.joined().utf8)
    }
    let files = [("train", table(0..<40)), ("eval", table(40..<46)), ("test", table(46..<56))]
    let members = files.map { (name: "lra_release/tsv_data/new_aan_pairs.\($0.0).tsv", content: $0.1) }
    let raw = folder + "/raw"
    if asArchive {
      try AtomicFile.write(TarWriter.archive(members), to: raw + "/lra_release.gz")
    } else {
      for member in members { try AtomicFile.write(member.content, to: raw + "/" + member.name.dropFirst("lra_release/".count)) }
    }
    try RawFiles.collect("lra", RetrievalPreparation.releasedNames.values.sorted(), in: folder)
    let card = try RetrievalPreparation.prepareReleased(raw: raw, output: folder + "/released")
    #expect(!card.unofficial && card.generator == nil && card.sources.count == (asArchive ? 1 : 3))
    let generated = try RetrievalPreparation.prepareGenerated(Self.parameters, output: folder + "/generated")
    #expect(card.arrays == generated.arrays)
  }

  @Test("without the files the error says how to obtain them") func missing() {
    let error = stageError { try RetrievalPreparation.prepareReleased(raw: "/nowhere/raw", output: "/nowhere/p") }
    #expect(error?.code == .missingInput)
    for part in ["make download-lra TASKS=retrieval", "tsv_data/new_aan_pairs.train.tsv", "--source generated", "aan.how"] {
      #expect(error?.remedy.contains(part) == true)
    }
  }

  @Test("documents are cut to 3999 characters and <eos>") func cut() throws {
    let line = "1\tx\ty\t" + String(repeating: "a", count: 5000) + "\tb\n"
    for name in RetrievalPreparation.releasedNames.values { try AtomicFile.write(line, to: folder + "/raw/" + name) }
    try RawFiles.collect("lra", RetrievalPreparation.releasedNames.values.sorted(), in: folder)
    let card = try RetrievalPreparation.prepareReleased(raw: folder + "/raw", output: folder + "/p")
    #expect(card.sequenceLength == 4000 && card.vocabulary == ["<pad>", "<unk>", "<eos>", "a", "b"])
    #expect(card.notes.contains("3 documents were cut to 3999 characters"))
  }
}

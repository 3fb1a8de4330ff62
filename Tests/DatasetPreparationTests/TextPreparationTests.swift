import Arrays
import DatasetPreparation
import Datasets
import Foundation
import TestSupport
import Testing

@Suite(.temporaryFolder) struct TextPreparationTests {
  /// 20 training reviews (10 of each label) and 4 for testing; "a" is frequent, "b" occurs 15 times in training, "c" 14, "é" 20.
  private static let members: [(name: String, content: Data)] = {
    var members: [(String, Data)] = [("aclImdb/README", Data("read me".utf8)), ("aclImdb/train/urls_pos.txt", Data("http".utf8))]
    for number in 0..<10 {
      let extra = number < 5 ? "bbb" : "ccc"
      members.append(("aclImdb/train/pos/\(number)_9.txt", Data("aaaé\(extra)".utf8)))
      members.append(("aclImdb/train/neg/\(number)_1.txt", Data("aaé\(number == 9 ? "" : "a")".utf8)))
    }
    members[12].1 = Data("aaaécc".utf8)  // number 5: one "c" less
    members.append(("aclImdb/train/unsup/3_0.txt", Data("zzzzzzzzzzzzzzzzzzzzzz".utf8)))
    for label in ["neg/7_4", "neg/0_2", "pos/11_10", "pos/2_7"] { members.append(("aclImdb/test/\(label).txt", Data("dba \(label)".utf8))) }
    return members
  }()

  private func prepare(_ members: [(name: String, content: Data)], _ folder: String, isOfficial: Bool = true) throws -> DatasetCard {
    let raw = try RawFiles.make([TextPreparation.archiveName: TarWriter.archive(members)], in: folder, isOfficial: isOfficial)
    return try TextPreparation.prepare(raw: raw, output: folder + "/text")
  }

  @Test("characters that occur 15 times in training have an index; others, and those of test reviews, are unknown") func vocabulary() throws
  {
    let card = try prepare(Self.members, folder)
    #expect(card.vocabulary == ["<pad>", "<unk>", "<eos>", "a", "é", "b"])
    #expect(card.unofficial, "too few reviews")
    let data = try PreparedDataset(directory: folder + "/text")
    #expect(Split.allCases.map(data.count(of:)) == [18, 2, 4])
    #expect(card.splits["test"]?.perClass == [2, 2])
    // Records lie in the order of folder and number, whatever the archive's: train/neg 0 … 9, train/pos 0 … 9, test/neg 0, 7, test/pos.
    let labels = try NumPyFile.read(folder + "/text/labels.npy").values(as: Int32.self)
    #expect(labels == (0..<24).map { (10..<20).contains($0) || $0 >= 22 ? 1 : 0 })
    let tokens = try NumPyFile.read(folder + "/text/tokens.npy").values(as: UInt8.self)
    let offsets = try NumPyFile.read(folder + "/text/offsets.npy").values(as: Int64.self).map(Int.init)
    #expect(tokens[offsets[0]..<offsets[1]] == [3, 3, 4, 3, 2])
    #expect(tokens[offsets[10]..<offsets[11]] == [3, 3, 3, 4, 5, 5, 5, 2])
    #expect(tokens[offsets[20]..<offsets[21]] == [1, 5, 3, 1, 1, 1, 1, 1, 1, 1, 1, 2], "dba neg/0_2")
  }

  @Test("the order of the archive does not matter") func order() throws {
    let (one, other) = (folder + "/one", folder + "/other")
    _ = try prepare(Self.members, one)
    _ = try prepare(Self.members.reversed(), other)
    for name in ["tokens.npy", "labels.npy", "split-train.npy"] {
      #expect(FileManager.default.contents(atPath: "\(one)/text/\(name)") == FileManager.default.contents(atPath: "\(other)/text/\(name)"))
    }
  }

  @Test("the first 4095 characters and <eos>; characters behind the cut do not count") func cut() throws {
    var members = Self.members
    // Scalars, not what a reader sees as one letter: each pair is e and a combining accent.
    members[2].content = Data((String(repeating: "e\u{301}", count: 2047) + "aqqqqqqqqqqqqqqqqqqqq").utf8)
    let card = try prepare(members, folder)
    #expect(card.sequenceLength == 4096)
    #expect(card.vocabulary.prefix(5) == ["<pad>", "<unk>", "<eos>", "e", "\u{301}"])
    #expect(!card.vocabulary.contains("q"))
    #expect(card.notes.contains("1 reviews were cut to 4095 characters"))
  }

  @Test("what a subset is made of is unofficial, and a review is in one list only") func subset() throws {
    let card = try prepare(Self.members, folder, isOfficial: false)
    #expect(card.unofficial && card.sources.map(\.official) == [false])
    #expect(card.notes.contains("a subset: 24 of 50,000 reviews"))
    let lists = try Split.allCases.flatMap { try NumPyFile.read(folder + "/text/split-\($0.rawValue).npy").values(as: Int32.self) }
    #expect(lists.sorted() == Array(0..<24))
  }

  @Test("bad archives", arguments: ["not UTF-8", "no negative test reviews", "twice", "too large", "truncated"]) func bad(kind: String)
    throws
  {
    var members = Self.members
    switch kind {
    case "not UTF-8": members[4].content = Data([97, 0xFF, 97])
    case "no negative test reviews": members.removeAll { $0.name.contains("test/neg") }
    case "twice": members.append(("aclImdb/train/pos/3_8.txt", Data("again".utf8)))
    case "too large": members[4].content = Data(repeating: 97, count: (1 << 20) + 1)
    default: break
    }
    let archive = TarWriter.archive(members)
    let raw = try RawFiles.make([TextPreparation.archiveName: kind == "truncated" ? archive.prefix(6000) : archive], in: folder)
    #expect(stageError { try TextPreparation.prepare(raw: raw, output: folder + "/text") }?.code == .badData)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["raw"])
  }
}

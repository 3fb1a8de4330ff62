import DatasetPreparation
import RunSupport
import TestSupport
import Testing

@Suite struct ListOpsTableTests {
  private func read(_ text: String, pieceSize: Int = 1000) throws -> [ListOpsExample] {
    var table = ListOpsTable(name: "t", advice: "a")
    return try table.rows(of: text, pieceSize: pieceSize)
  }

  @Test("parentheses go, words stay", arguments: ["\n", "\r\n"]) func words(lineEnd: String) throws {
    let examples = try read(["Source\tTarget", "( ( ( [MAX 3 ) 4 ) ] )\t4", "7\t7", ""].joined(separator: lineEnd))
    #expect(examples == [ListOpsExample(words: [11, 3, 4, 14], target: 4), ListOpsExample(words: [7], target: 7)])
  }

  @Test("a last line without its end counts") func lastLine() throws {
    #expect(try read("Source\tTarget\n( ( ( [SM 9 ) 4 ) ] )\t3").map(\.target) == [3])
  }

  @Test("lines that straddle pieces are joined, whatever the piece size", arguments: [1, 2, 3, 7, 1000]) func pieces(size: Int) throws {
    let examples = try read("Source\tTarget\r\n( ( ( [MED 3 ) 4 ) ] )\t3\r\n5\t5\r\n", pieceSize: size)
    #expect(examples == [ListOpsExample(words: [12, 3, 4, 14], target: 3), ListOpsExample(words: [5], target: 5)])
  }

  @Test(
    "bad lines are named with their number",
    arguments: [
      ("", 1, "the file is empty"), ("Target\tSource\n", 1, "the header is \"Target\tSource\", expected is \"Source<TAB>Target\""),
      ("Source\tTarget\n1\t1\n2\n", 3, "1 columns, expected are 2"), ("Source\tTarget\n1\t1\t1\n", 2, "3 columns, expected are 2"),
      ("Source\tTarget\n1\t10\n", 2, "the target is \"10\", expected is a digit"),
      ("Source\tTarget\n[FIRST 1 2 ]\t1\n", 2, "unknown word \"[FIRST\""), ("Source\tTarget\n( )\t1\n", 2, "the expression is empty"),
      ("<!DOCTYPE html>\n", 1, "the header is \"<!DOCTYPE html>\", expected is \"Source<TAB>Target\""),
    ])
  func badLine(text: String, line: Int, why: String) {
    let error = stageError { _ = try read(text) }
    #expect(error?.code == .badData && error?.location.hasSuffix("line \(line)") == true && error?.why == why)
  }

  @Test("a missing file") func missing() {
    var table = ListOpsTable(name: "t", advice: "a")
    #expect(stageError { try table.read(file: "/nowhere/basic_train.tsv") { _ in } }?.code == .inputOutput)
  }

  @Test("vocabulary: specials, then falling frequency, equal counts alphabetically") func vocabulary() {
    let training = [ListOpsExample(words: [11, 3, 3, 4, 9, 14], target: 9), ListOpsExample(words: [3], target: 3)]
    let tokenizer = ListOpsTokenizer(training: training)
    #expect(tokenizer.vocabulary.words == ["<pad>", "<unk>", "<eos>", "3", "4", "9", "X", "[MAX"])
    #expect(tokenizer.tokens(of: ListOpsExample(words: [10, 3, 9, 14], target: 3)) == [1, 3, 5, 6, 2], "[MIN is unknown")
  }

  @Test("long expressions are cut to 2047 words and <eos>, before words are counted") func truncation() {
    let long = ListOpsExample(words: [UInt8](repeating: 5, count: 2047) + [6], target: 5)
    let tokenizer = ListOpsTokenizer(training: [long])
    #expect(tokenizer.vocabulary.words == ["<pad>", "<unk>", "<eos>", "5"])
    let tokens = tokenizer.tokens(of: long)
    #expect(tokens.count == 2048 && tokens.last == 2 && tokens[2046] == 3)
  }
}

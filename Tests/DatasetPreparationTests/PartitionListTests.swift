import DatasetPreparation
import TestSupport
import Testing

@Suite struct PartitionListTests {
  private func parse(_ text: String) throws -> PartitionList { try PartitionList(Array(text.utf8), path: "list.txt", advice: "fetch it") }

  @Test("names and splits, with either end of line, padding, and no end of the last line") func parsed() throws {
    let list = try parse("000001.jpg 0\r\n000002.jpg  1\n\n000003.jpg 2")
    #expect(list.splits == ["000001.jpg": .train, "000002.jpg": .validation, "000003.jpg": .test])
    #expect(!list.isOfficial)
  }

  @Test("the published numbers are official") func official() throws {
    let text = (0..<202_599).map { "\($0).jpg \($0 < 162_770 ? 0 : $0 < 182_637 ? 1 : 2)\n" }.joined()
    #expect(try parse(text).isOfficial)
  }

  @Test(
    "anything else is named by its line",
    arguments: [
      ("a.jpg 0\na.jpg 1\n", "line 2", "the picture is listed twice"), ("a.jpg 3\n", "line 1", "the partition is neither 0, 1 nor 2"),
      ("a.jpg\n", "line 1", "expected a file name and a number, found 1 fields of 5 bytes"),
      ("a.jpg 0\nb.jpg 00\n", "line 2", "expected a file name and a number, found 2 fields of 8 bytes"),
      ("", "line 1", "it lists no picture"),
      ("\u{7}.jpg 0\n", "line 1", "the file name has other than printable characters"),
    ])
  func refused(text: String, place: String, why: String) {
    let error = stageError { _ = try parse(text) }
    #expect(error?.location == "list.txt, \(place)" && error?.why == why && error?.code == .badData)
  }
}

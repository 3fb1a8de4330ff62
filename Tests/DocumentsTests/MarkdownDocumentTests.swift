import Documents
import Testing

@Suite struct MarkdownDocumentTests {
  @Test("a page falls into its title, headings, paragraphs, lists and tables") func blocks() {
    let document = MarkdownDocument(
      "# Title\n\nOne\nline.\n| a | b |\n| --- | --- |\n| 1 | x \\| y |\n\n## Part\n- first\n- second\nLast.\n")
    #expect(document.title == "Title")
    #expect(
      document.blocks == [
        .paragraph(["One", "line."]), .table(header: ["a", "b"], rows: [["1", "x | y"]]), .heading("Part"),
        .list(["first", "second"]), .paragraph(["Last."]),
      ])
  }

  @Test("what MarkdownText writes is read back", arguments: [["a|b", ""], ["|", "x"], ["-1", "`code`"]])
  func table(row: [String]) {
    let document = MarkdownDocument(MarkdownText.table(["first", "second"], [row]))
    #expect(document.blocks == [.table(header: ["first", "second"], rows: [row])])
  }

  @Test("a line has words and code; of a link its words stay") func spans() {
    #expect(
      MarkdownDocument.spans("Run `make x` as [said](../docs/a.md).") == [.words("Run "), .code("make x"), .words(" as said.")])
    #expect(MarkdownDocument.spans("") == [])
  }
}

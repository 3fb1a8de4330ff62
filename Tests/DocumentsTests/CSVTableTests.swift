import Documents
import RunSupport
import Testing

@Suite struct CSVTableTests {
  @Test("quoted fields hold commas, quotes and line ends")
  func quoting() throws {
    let table = try CSVTable(text: "a,b\r\n\"x, y\",\"say \"\"hi\"\"\"\n\"two\nlines\",\n", path: "t.csv", fix: "-")
    #expect(table.header == ["a", "b"])
    #expect(table.rows == [["x, y", "say \"hi\""], ["two\nlines", ""]])
    let written = CSVText.document(table.header, table.rows)
    #expect(try CSVTable(text: written, path: "t.csv", fix: "-").rows == table.rows, "what is written is read back")
  }

  @Test("a last line without its end counts")
  func missingLineEnd() throws {
    #expect(try CSVTable(text: "a,b\n1,2", path: "t.csv", fix: "-").rows == [["1", "2"]])
  }

  @Test("broken tables are errors", arguments: ["", "a,b\n1\n", "a,b\n1,2,3\n", "a,b\n\"1,2\n"])
  func broken(text: String) {
    let error = #expect(throws: StageError.self) { _ = try CSVTable(text: text, path: "t.csv", fix: "make it again") }
    #expect(error?.code == .badData)
  }

  @Test("columns and numbers are checked by name")
  func access() throws {
    let table = try CSVTable(text: "a,b\n1.5,x\n,2\n", path: "t.csv", fix: "-")
    #expect(try table.number(table.rows[0][table.index(of: "a")], row: 0) == 1.5)
    #expect(try table.number(table.rows[1][0], row: 1) == nil)
    #expect(throws: StageError.self) { try table.number("x", row: 0) }
    #expect(throws: StageError.self) { try table.index(of: "c") }
  }
}

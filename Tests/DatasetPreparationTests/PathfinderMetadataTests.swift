import DatasetPreparation
import TestSupport
import Testing

@Suite struct PathfinderMetadataTests {
  private static let line = "imgs/0 sample_0.png 0 1 1.0 14 4 5 0.5 1 1"

  private func parse(_ text: String) throws -> [PathfinderMetadata.Entry] {
    try PathfinderMetadata.parse(Array(text.utf8), name: "0.npy", advice: "fetch it again")
  }

  @Test("a line per picture, whatever ends it") func lines() throws {
    let entries = try parse("\(Self.line)\r\nimgs/0 sample_7.png 7 0 1.0\n\nimgs/1  sample_2.png\t2 0")
    #expect(entries.map(\.path) == ["imgs/0/sample_0.png", "imgs/0/sample_7.png", "imgs/1/sample_2.png"])
    #expect(entries.map(\.label) == [1, 0, 0])
  }

  @Test("a true NPY file is other data") func numPy() {
    let error = stageError { _ = try PathfinderMetadata.parse([0x93] + Array("NUMPY\u{1}\u{0}v".utf8), name: "1.npy", advice: "") }
    #expect(error?.code == .badData)
    #expect(error?.why == "it is a true NPY file, but Long Range Arena's metadata is text despite its name: these are other contours")
  }

  @Test(
    "bad lines are named with their number",
    arguments: [
      ("", "0.npy", "it is empty"), ("\n\n", "0.npy", "it is empty"),
      ("imgs/0 a.png 0", "0.npy, line 1", "it has 3 fields, at least 4 are needed"),
      (line + "\nimgs/0 a.png 1 2", "0.npy, line 2", "the label is \"2\", expected is 0 or 1"),
      ("imgs/0 ../a.png 1 1", "0.npy, line 1", "\"imgs/0/../a.png\" is no picture below the same folder"),
      ("/etc a.png 1 1", "0.npy, line 1", "\"/etc/a.png\" is no picture below the same folder"),
      ("imgs/0 passwd 1 1", "0.npy, line 1", "\"imgs/0/passwd\" is no picture below the same folder"),
      (String(repeating: "x", count: 1001), "0.npy, line 1", "it has 1001 bytes, no line has more than 1000"),
    ])
  func badLine(text: String, place: String, why: String) {
    let error = stageError { _ = try parse(text) }
    #expect(error?.code == .badData && error?.remedy == "fetch it again" && error?.location == place)
    #expect(error?.why == why)
  }
}

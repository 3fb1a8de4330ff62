import DatasetPreparation
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct IDXFileTests {
  private static let file: [UInt8] = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60]

  @Test("shape and values") func parsed() throws {
    let file = try IDXFile(Self.file, name: "a", advice: "")
    #expect(file.shape == [2, 3])
    #expect(file.values == [10, 20, 30, 40, 50, 60])
  }

  @Test("compressed or not, a file is read alike") func compressed() throws {
    // Made with Python's gzip.compress(…, mtime=0).
    let gzip = "H4sIAAAAAAACA2Ng4GBiYGAAYWYuETkNIxsA6U92pRIAAAA="
    try AtomicFile.write(try #require(Data(base64Encoded: gzip)), to: folder + "/a.gz")
    try AtomicFile.write(Data(Self.file), to: folder + "/a")
    #expect(try IDXFile(path: folder + "/a.gz", advice: "") == IDXFile(path: folder + "/a", advice: ""))
  }

  @Test(
    "what is wrong is said",
    arguments: [
      ([] as [UInt8], "it does not start like an IDX file"), ([1, 0, 8, 1, 0, 0, 0, 1, 5], "it does not start like an IDX file"),
      ([0, 0, 9, 1, 0, 0, 0, 1, 5], "element type 9 is not supported, only unsigned bytes (8)"),
      ([0, 0, 8, 2, 0, 0, 0, 1], "it ends inside its header of 2 axes"), ([0, 0, 8, 0], "it ends inside its header of 0 axes"),
      ([0, 0, 8, 1, 0, 0, 0, 2, 5], "shape [2] needs 2 values, but 1 follow the header"),
      ([0, 0, 8, 1, 0, 0, 0, 1, 5, 6], "shape [1] needs 1 values, but 2 follow the header"),
      ([0, 0, 8, 1, 255, 255, 255, 255, 5], "its shape [4294967295] is too large"),
    ])
  func refused(bytes: [UInt8], why: String) {
    let error = stageError { _ = try IDXFile(bytes, name: "a", advice: "fetch it again") }
    #expect(error?.code == .badData && error?.why == why && error?.remedy == "fetch it again")
  }

  @Test("truncated compressed files are refused") func truncated() throws {
    let gzip = try #require(Data(base64Encoded: "H4sIAAAAAAACA2Ng4GBiYGAAYWYuETkNIxsA6U92pRIAAAA="))
    try AtomicFile.write(gzip.prefix(gzip.count - 12), to: folder + "/a.gz")
    #expect(stageError { _ = try IDXFile(path: folder + "/a.gz", advice: "") }?.code == .badData)
    #expect(stageError { _ = try IDXFile(path: folder + "/none.gz", advice: "") } != nil)
  }
}

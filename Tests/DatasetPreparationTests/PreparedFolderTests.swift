import Arrays
import DatasetPreparation
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct PreparedFolderTests {
  @discardableResult
  private func make(at output: String, value: UInt8 = 1) throws -> DatasetCard {
    try PreparedFolder.make(at: output) { folder in
      try folder.write(NumPyArray([value, 2, 3, 4, 5, 6], shape: [3, 2, 1]), as: "values.npy")
      var card = DatasetCard(family: "demo", variant: "plain", inputKind: .values, sequenceLength: 2, classCount: 3)
      card.notes = ["made up"]
      card.splits = try folder.write(labels: [0, 2, 2], classCount: 3, splits: [.train: [1, 2], .test: [0]])
      return card
    }
  }

  @Test("the card counts classes and holds each array's hash") func card() throws {
    let card = try make(at: folder + "/demo/plain/")
    #expect(card.splits["train"] == .init(count: 2, perClass: [0, 0, 2]))
    #expect(card.splits["validation"] == .init(count: 0, perClass: [0, 0, 0]))
    #expect(card.arrays.count == 5)
    #expect(card.arrays["values.npy"] == (try FileHash.hex(ofFile: folder + "/demo/plain/values.npy")))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/demo") == ["plain"], "no side folder is left")
    #expect(try PreparedCheck.run(folder + "/demo/plain").count == 5)
    #expect(try CardText.describe(folder + "/demo/plain").contains("note       made up"))
  }

  @Test("a folder is replaced as a whole; a failure leaves the old one") func replacement() throws {
    let output = folder + "/plain"
    try make(at: output)
    try make(at: output, value: 9)
    #expect(try NumPyFile.read(output + "/values.npy").values(as: UInt8.self)[0] == 9)
    #expect(throws: CocoaError.self) {
      try PreparedFolder.make(at: output) { folder in
        try folder.write(NumPyArray([UInt8(7)], shape: [1]), as: "values.npy")
        throw CocoaError(.userCancelled)
      }
    }
    #expect(try NumPyFile.read(output + "/values.npy").values(as: UInt8.self)[0] == 9)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["plain"])
  }

  @Test("whoever reads while a folder is made anew finds an old or a new one at each moment") func replacementUnderReaders() throws {
    let output = folder + "/plain"
    try make(at: output)
    let end = folder + "/end"
    let missed = try orderedMap(0..<2, threadCount: 2) { part in
      if part == 0 {
        for value in 0..<20 { try make(at: output, value: UInt8(value)) }
        try AtomicFile.write("", to: end)
        return 0
      }
      var missed = 0
      while access(end, F_OK) != 0 { missed += access(output + "/labels.npy", F_OK) == 0 ? 0 : 1 }
      return missed
    }
    #expect(missed == [0, 0])
  }

  @Test("a folder of something else is not replaced") func foreignFolder() throws {
    try AtomicFile.write("precious", to: folder + "/mine/notes.txt")
    #expect(stageError { try make(at: folder + "/mine") }?.code == .badConfiguration)
    #expect(FileManager.default.fileExists(atPath: folder + "/mine/notes.txt"))
    try AtomicFile.makeDirectory(folder + "/empty")
    try make(at: folder + "/empty")
    unlink(folder + "/empty/card.json")
    try make(at: folder + "/empty")
    #expect(try PreparedCheck.run(folder + "/empty").count == 5, "without its card it is made anew")
  }

  @Test("side folders of dead processes are removed, those of living ones and of other outputs stay") func leftovers() throws {
    // Linux gives no process a number above 2^22.
    let dead = [".plain.4194400-9f3c.part", ".plain.4194400-9f3c.part.old"]
    let kept = [".plain.\(getppid())-9f3c.part", ".other.4194400-9f3c.part", ".plain.notes"]
    for name in dead + kept { try AtomicFile.write("x", to: "\(folder)/\(name)/values.npy") }
    try make(at: folder + "/plain")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).sorted() == (kept + ["plain"]).sorted())
  }

  @Test("verification finds a changed array") func changedArray() throws {
    try make(at: folder + "/plain")
    try NumPyFile.write(NumPyArray([UInt8](repeating: 0, count: 6), shape: [3, 2, 1]), to: folder + "/plain/values.npy")
    let error = stageError { _ = try PreparedCheck.run(folder + "/plain") }
    #expect(error?.code == .badData && error?.what.hasSuffix("values.npy") == true)
  }

  @Test("a folder that cannot be written", .enabled(if: getuid() != 0, "root may write everywhere")) func unwritable() throws {
    chmod(folder, 0o555)
    defer { chmod(folder, 0o755) }
    #expect(stageError { try make(at: folder + "/plain") }?.code == .inputOutput)
  }
}

import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct TextTests {
  @Test(arguments: [("learningRat", "learningRate"), ("LAYERCOUNT", "layerCount"), ("seed", "seeds")])
  func nearestName(misspelt: String, meant: String) {
    #expect(NearestName.suggestion(for: misspelt, among: ["learningRate", "layerCount", "seeds"]) == meant)
  }

  @Test func farNamesAreNotSuggested() {
    #expect(NearestName.suggestion(for: "banana", among: ["learningRate", "layerCount"]) == nil)
    #expect(NearestName.suggestion(for: "x", among: []) == nil)
  }

  @Test func knownDigests() throws {
    #expect(FileHash.hex(of: Data("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(FileHash.hex(of: Data(), .md5) == "d41d8cd98f00b204e9800998ecf8427e")
    let data = Data((0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try data.write(to: URL(fileURLWithPath: folder + "/file"))
    #expect(try FileHash.hex(ofFile: folder + "/file") == FileHash.hex(of: data))
    #expect { try FileHash.hex(ofFile: folder + "/none") } throws: { ($0 as? StageError)?.code == .inputOutput }
    let isFolder = #expect(throws: StageError.self) { try FileHash.hex(ofFile: folder) }
    #expect(isFolder?.code == .inputOutput && isFolder?.location == folder && isFolder?.why == "Is a directory")
  }

  @Test func errorsHaveFourParts() {
    let error = StageError(.badData, "checksum differs", where: "a.gz", why: "expected 1, found 2", fix: "delete it")
    #expect("\(error)" == "checksum differs\n  where: a.gz\n  why:   expected 1, found 2\n  fix:   delete it")
    #expect(error.code.rawValue == 65)
  }

  @Test func jsonErrorsNameTheKey() throws {
    struct Card: Codable { var name: String }
    let path = folder + "/card.json"
    try AtomicFile.write(JSONText.encode(["nam": "x"]), to: path)
    #expect {
      try JSONText.decode(Card.self, fromFile: path, madeBy: "make card")
    } throws: {
      ($0 as? StageError)?.why == "key name is missing" && ($0 as? StageError)?.code == .badData
    }
    #expect {
      try JSONText.decode(Card.self, fromFile: path + ".none", madeBy: "make card")
    } throws: {
      ($0 as? StageError)?.remedy == "run make card" && ($0 as? StageError)?.code == .missingInput
    }
  }
}

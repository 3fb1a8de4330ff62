import Catalogue
import Foundation
import RunSupport
import TestSupport
import Testing

/// Damaged files of the catalogue, and what is resolved from them: each is refused or read, never more.
@Suite(.temporaryFolder) struct CatalogueMutationTests {
  @Test("experiment file", arguments: [31, 32, 33, 34] as [UInt64])
  func experimentFile(seed: UInt64) throws {
    try makeCatalogue()
    let path = folder + "/tiny/tiny-listops-s4d-lin.yaml"
    let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    try Mutation.expectRefusals(250, of: original, rounds: 500, cases: 4, seed: seed) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      #expect(try ExperimentCatalogue.load(directory: folder).all.allSatisfy { $0.id == "tiny-listops-s4d-lin" })
    }
  }

  @Test("resolved configuration") func resolved() throws {
    let configuration = try ExperimentCatalogue.load().resolve(id: "tiny-listops-hope", preset: .smoke).configuration
    let original = [UInt8](Data(try JSONText.encode(configuration).utf8))
    try Mutation.expectRefusals(400, of: original, rounds: 600, seed: 35) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/a.json"))
      _ = try ExperimentConfiguration(fromFile: folder + "/a.json")
    }
  }

  @Test("published numbers") func published() throws {
    let text = try String(contentsOfFile: ExperimentCatalogue.bundledDirectory + "/published.csv", encoding: .utf8)
    let original = Array(text.split(separator: "\n").prefix(8).joined(separator: "\n").utf8)
    try Mutation.expectRefusals(50, of: original, rounds: 600, seed: 36) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: folder + "/published.csv"))
      for cell in try PublishedNumbers(fromFile: folder + "/published.csv").cells { #expect(!cell.paper.isEmpty) }
    }
  }
}

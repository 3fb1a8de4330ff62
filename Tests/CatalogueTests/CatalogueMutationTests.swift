import Catalogue
import Foundation
import TestSupport
import Testing

@Suite(.temporaryFolder) struct CatalogueMutationTests {
  @Test("2,000 damaged experiment files are refused or read, never more", arguments: [31, 32, 33, 34] as [UInt64])
  func experimentFile(seed: UInt64) throws {
    try makeCatalogue()
    let path = folder + "/tiny/tiny-listops-s4d-lin.yaml"
    let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    try Mutation.expectRefusals(250, of: original, rounds: 500, seed: seed) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      #expect(try ExperimentCatalogue.load(directory: folder).all.allSatisfy { $0.id == "tiny-listops-s4d-lin" })
    }
  }
}

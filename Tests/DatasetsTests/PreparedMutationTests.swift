import Datasets
import Foundation
import TestSupport
import Testing

/// Damaged files of a prepared folder, whose card names no hashes: each is refused, or gives batches, never more.
@Suite(.temporaryFolder) struct PreparedMutationTests {
  @Test("prepared folder", arguments: ["card.json", "tokens.npy", "offsets.npy", "labels.npy", "split-train.npy"])
  func file(name: String) throws {
    try PreparedFixture.tokens(in: folder)
    let path = "\(folder)/\(name)"
    let original = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    try Mutation.expectRefusals(100, of: original, rounds: 400, seed: 51) { bytes in
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let data = try PreparedDataset(directory: folder)
      for position in 0..<min(3, data.count(of: .train)) { #expect(data.batch([position], of: .train).count == 1) }
    }
  }
}

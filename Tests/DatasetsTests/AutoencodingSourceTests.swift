import Arrays
import Datasets
import TestSupport
import Testing

@Suite struct AutoencodingSourceTests {
  /// Six pictures of two rows and one column with three colours.
  private func pictures(_ folder: String) throws -> PreparedDataset {
    try PreparedFixture.values(in: folder)
    var card = try PreparedDataset(directory: folder).card
    card.picture = PictureShape(height: 2, width: 1)
    card.normalization = .init(scale: 1.0 / 255, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.5, 0.5])
    try PreparedFixture.writeCard(card, in: folder)
    return try PreparedDataset(directory: folder)
  }

  private func values(_ batch: Batch) -> [Float] { if case .values(let tensor) = batch.input { tensor.values() } else { [] } }

  @Test("the target of a clean picture is the picture")
  func clean() throws {
    try withTemporaryFolder { folder in
      let pictures = try pictures(folder)
      let source = AutoencodingSource(pictures)
      #expect(source.description.target == .numbers(3) && source.count(of: .train) == 3)
      let batch = source.batch([2, 0], of: .train, visit: .first)
      #expect(values(batch) == values(pictures.batch([2, 0], of: .train)) && batch.targets == values(batch))
    }
  }

  @Test("stripes lie over the input alone, in units of the normalised values, and differ from picture to picture")
  func striped() throws {
    try withTemporaryFolder { folder in
      let pictures = try pictures(folder)
      let noise = StripeNoise(.horizontal, magnitude: 2, seed: 3)
      let batch = AutoencodingSource(pictures, stripes: noise).batch([1, 0], of: .test, visit: .first)
      let clean = values(pictures.batch([1, 0], of: .test))
      #expect(batch.targets == clean)
      for (row, position) in [1, 0].enumerated() {
        var expected = Array(clean[row * 6..<row * 6 + 6])
        noise.add(to: &expected, channelCount: 3, width: 1, image: position, deviation: 0.5)
        #expect(Array(values(batch)[row * 6..<row * 6 + 6]) == expected && expected != Array(clean[row * 6..<row * 6 + 6]))
      }
    }
  }
}

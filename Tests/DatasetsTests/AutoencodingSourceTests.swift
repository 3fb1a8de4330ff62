import Datasets
import TestSupport
import Testing

@Suite(.temporaryFolder) struct AutoencodingSourceTests {
  /// Six pictures of two rows and one column with three colours.
  private func pictures(_ folder: String) throws -> PreparedDataset {
    try PreparedFixture.values(in: folder)
    try PreparedFixture.changeCard(in: folder) {
      $0.picture = PictureShape(height: 2, width: 1)
      $0.normalization = .init(scale: 1.0 / 255, mean: [0.5, 0.5, 0.5], deviation: [0.5, 0.25, 0.125])
    }
    return try PreparedDataset(directory: folder)
  }

  private func values(_ batch: Batch) -> [Float] { if case .values(let tensor) = batch.input { tensor.values() } else { [] } }

  @Test("the target of a clean picture is the picture")
  func clean() throws {
    let pictures = try pictures(folder)
    let source = AutoencodingSource(pictures)
    #expect(source.description.target == .numbers(3) && source.count(of: .train) == 3)
    let batch = source.batch([2, 0], of: .train, visit: .first)
    #expect(values(batch) == values(pictures.batch([2, 0], of: .train)) && batch.targets == values(batch))
  }

  @Test("stripes lie over the input alone, in units of the normalised values, and differ from picture to picture")
  func striped() throws {
    let pictures = try pictures(folder)
    let noise = StripeNoise(.horizontal, magnitude: 2, seed: 3)
    let batch = AutoencodingSource(pictures, stripes: noise).batch([1, 0], of: .test, visit: .first)
    let clean = values(pictures.batch([1, 0], of: .test))
    #expect(batch.targets == clean)
    for (row, position) in [1, 0].enumerated() {
      var expected = Array(clean[row * 6..<row * 6 + 6])
      noise.add(to: &expected, width: 1, image: position, deviations: [0.5, 0.25, 0.125])
      #expect(Array(values(batch)[row * 6..<row * 6 + 6]) == expected && expected != Array(clean[row * 6..<row * 6 + 6]))
    }
  }

  @Test("each channel's stripes are divided by its own deviation")
  func channelDeviations() throws {
    var (whole, scaled) = ([Float](repeating: 0, count: 6), [Float](repeating: 0, count: 6))
    let noise = StripeNoise(.horizontal, magnitude: 2, seed: 3)
    noise.add(to: &whole, width: 1, image: 0, deviations: [1, 1, 1])
    noise.add(to: &scaled, width: 1, image: 0, deviations: [0.5, 0.25, 0.125])
    for index in 0..<6 { #expect(abs(scaled[index] - whole[index] * [2, 4, 8][index / 2]) < 1e-5) }
  }

  @Test("videos, noise behind the picture and records of another size are no plain pictures")
  func plainPictures() throws {
    let card = try pictures(folder).card
    #expect(card.holdsPlainPictures)
    let changes: [(inout DatasetCard) -> Void] = [
      { $0.picture = nil }, { $0.picture = PictureShape(frames: 2, height: 1, width: 1) },
      { $0.picture = PictureShape(height: 3, width: 1) }, { $0.noiseStepCount = 1 }, { $0.inputKind = .tokens },
      { $0.normalization?.isPerStep = true },
    ]
    for (index, change) in changes.enumerated() {
      var other = card
      change(&other)
      #expect(!other.holdsPlainPictures, "change \(index)")
    }
  }
}

import Arrays
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct PreparedDatasetTests {
  @Test("token batches are padded to their own longest sequence", arguments: [false, true]) func tokens(wide: Bool) throws {
    let data = try PreparedFixture.tokens(in: folder, wide: wide)
    let batch = data.batch([2, 0], of: .train)  // records 2 and 5
    guard case .tokens(let tokens, let batchSize, let length) = batch.input else { throw CocoaError(.featureUnsupported) }
    #expect((batchSize, length) == (2, 2))
    #expect(tokens == [5, 6, 8, 0])
    #expect(batch.lengths == [2, 1])
    #expect(batch.labels == [1, 1] && batch.count == 2)
    #expect(data.batch([1], of: .train).lengths == nil, "nothing is padded")
  }

  @Test("token batches have the smallest multiple that holds their longest sequence, at most the length of the data")
  func padding() throws {
    try PreparedFixture.tokens(in: folder)
    func batch(_ positions: [Int], multiple: Int) throws -> (length: Int, tokens: [Int32], lengths: [Int]?) {
      let batch = try PreparedDataset(directory: folder, paddingMultiple: multiple).batch(positions, of: .train)
      guard case .tokens(let tokens, _, let length) = batch.input else { throw CocoaError(.featureUnsupported) }
      return (length, tokens, batch.lengths)
    }
    // Positions 0, 1 and 2 are records of 1, 3 and 2 tokens; the data allow 3.
    let padded = try batch([0], multiple: 2)
    #expect(padded.length == 2 && padded.tokens == [8, 0] && padded.lengths == [1])
    let exact = try batch([2], multiple: 2)
    #expect(exact.length == 2 && exact.lengths == nil, "a multiple already, and nothing is padded")
    #expect(try batch([0, 2], multiple: 2).lengths == [1, 2])
    #expect(try batch([0, 1], multiple: 2).length == 3, "4 steps would be more than the data allow")
    #expect(try [1, 3, 64, 65_536].map { try batch([0], multiple: $0).length } == [1, 3, 3, 3])
  }

  @Test("both documents of a pair decide the length of a batch, and have it")
  func paddedPairs() throws {
    try PreparedFixture.pairs(in: folder)
    func lengths(_ position: Int, multiple: Int) throws -> (Int, [Int]?) {
      let batch = try PreparedDataset(directory: folder, paddingMultiple: multiple).batch([position], of: .train)
      guard case .tokens(let tokens, let rows, let length) = batch.input else { throw CocoaError(.featureUnsupported) }
      #expect(rows == 2 && tokens.count == 2 * length)
      return (length, batch.lengths)
    }
    // Record 0 has documents of 1 and 2 words, record 2 of 3 and 2.
    #expect(try lengths(1, multiple: 1) == (2, [1, 2]) && lengths(1, multiple: 3) == (3, [1, 2]))
    #expect(try lengths(0, multiple: 2) == (3, [3, 2]))
  }

  @Test("values are normalised and laid out channel by channel", arguments: [false, true]) func values(asFloats: Bool) throws {
    let batch = try PreparedFixture.values(in: folder, asFloats: asFloats).batch([1, 0], of: .test)  // records 4 and 0
    guard case .values(let tensor) = batch.input else { throw CocoaError(.featureUnsupported) }
    #expect(tensor.shape == [2, 3, 2])
    // (x/2 − mean) / deviation of x = 24, 27 | 25, 28 | 26, 29 and 0, 3 | 1, 4 | 2, 5: exact in binary.
    #expect(tensor.values() == [11, 12.5, 5.25, 6, 2.5, 2.875, -1, 0.5, -0.75, 0, -0.5, -0.125])
    #expect(batch.lengths == nil && batch.labels == [0, 0])
  }

  @Test("limits take the first of each list") func limits() throws {
    try PreparedFixture.tokens(in: folder)
    let data = try PreparedDataset(directory: folder, limits: .init(train: 2, test: 100))
    #expect(Split.allCases.map(data.count(of:)) == [2, 1, 2])
    #expect(data.batch([0, 1], of: .train).labels == [1, 1])
    #expect(throws: StageError.self) { try PreparedDataset(directory: folder, limits: .init(validation: 0)) }
  }

  @Test("the majority rate is that of the limited split") func majorityRate() throws {
    try PreparedFixture.tokens(in: folder)
    try PreparedFixture.writeList([3, 1, 2], "split-train.npy", in: folder)
    try PreparedFixture.writeList([5], "split-validation.npy", in: folder)
    #expect(try PreparedDataset(directory: folder).majorityRate(of: .train) == 2.0 / 3)
    #expect(try PreparedDataset(directory: folder, limits: .init(train: 2)).majorityRate(of: .train) == 0.5)
  }

  @Test(
    "a size that no data have is refused before anything is computed from it",
    arguments: [
      (\DatasetCard.sequenceLength, 1 << 62), (\DatasetCard.classCount, 1 << 40), (\DatasetCard.channelCount, Int.max),
      (\DatasetCard.sequenceLength, -1), (\DatasetCard.classCount, -1), (\DatasetCard.channelCount, 0),
    ] as [(WritableKeyPath<DatasetCard, Int> & Sendable, Int)])
  func impossibleSize(size: WritableKeyPath<DatasetCard, Int> & Sendable, value: Int) throws {
    try PreparedFixture.tokens(in: folder)
    try PreparedFixture.changeCard(in: folder) { $0[keyPath: size] = value }
    let error = #expect(throws: StageError.self) { try PreparedDataset(directory: folder) }
    #expect(error?.code == .badData && error?.why.contains("is \(value), possible are") == true, "\(error?.why ?? "")")
  }

  @Test("so is one that may be left out")
  func impossibleOptionalSize() throws {
    for change in [
      { $0.documentCount = .max }, { $0.noiseStepCount = .min }, { $0.samplingRate = 0 },
      { $0.picture = PictureShape(frames: 1, height: 100_000, width: 100_000) }, { $0.picture = PictureShape(height: .max, width: 2) },
    ] as [(inout DatasetCard) -> Void] {
      try PreparedFixture.values(in: folder)
      try PreparedFixture.changeCard(in: folder, change)
      let error = #expect(throws: StageError.self) { try PreparedDataset(directory: folder) }
      #expect(error?.why.contains("possible are") == true, "\(error?.why ?? "")")
    }
  }

  @Test("no folder: the error names the command") func missing() {
    let error = #expect(throws: StageError.self) { try PreparedDataset(directory: "data/prepared/lra/nothing") }
    #expect(error?.code == .missingInput)
    #expect(error?.remedy == "run `make data-lra` at its PRESET, or the run that needs it")
  }

  @Test("a missing array", arguments: ["tokens.npy", "offsets.npy", "labels.npy", "split-test.npy"]) func missingArray(name: String) throws
  {
    try PreparedFixture.tokens(in: folder)
    unlink(folder + "/" + name)
    let error = #expect(throws: StageError.self) { try PreparedDataset(directory: folder) }
    #expect(error?.code == .missingInput && error?.location.hasSuffix(name) == true)
  }

  @Test(
    "index lists that do not fit",
    arguments: [
      ("split-train.npy", [5, 1], "it lists 2 records, the card 3"), ("split-train.npy", [5, 1, 6], "record 6 at place 2 is not below 6"),
      ("split-train.npy", [5, 1, -1], "record -1 at place 2 is not below 6"),
      ("split-train.npy", [5, 1, 1], "record 1 is listed twice in the splits"),
      ("split-test.npy", [0, 5], "record 5 is listed twice in the splits"), ("labels.npy", [0, 1], "it holds 2 labels for 6 records"),
      ("labels.npy", [0, 1, 1, 3, 0, 1], "class 3 at place 3 is not below 3"),
    ] as [(String, [Int32], String)])
  func badList(name: String, values: [Int32], why: String) throws {
    try PreparedFixture.tokens(in: folder)
    try PreparedFixture.writeList(values, name, in: folder)
    let error = #expect(throws: StageError.self) { try PreparedDataset(directory: folder) }
    #expect(error?.code == .badData && error?.location.hasSuffix(name) == true && error?.why == why)
  }

  @Test(
    "offsets that do not fit",
    arguments: [
      [], [0, 13], [1, 1, 4, 6, 9, 12, 13], [0, 1, 4, 6, 9, 12, 12], [0, 4, 1, 6, 9, 12, 13], [0, 0, 4, 6, 9, 12, 13],
    ] as [[Int64]])
  func badOffsets(offsets: [Int64]) throws {
    try PreparedFixture.tokens(in: folder)
    try NumPyFile.write(NumPyArray(offsets, shape: [offsets.count]), to: folder + "/offsets.npy")
    #expect(stageError { _ = try PreparedDataset(directory: folder) }?.code == .badData)
  }

  @Test("a card that does not fit the arrays") func badCard() throws {
    try PreparedFixture.tokens(in: folder)
    try PreparedFixture.changeCard(in: folder) { $0.vocabulary.removeLast(3) }
    let why = stageError { _ = try PreparedDataset(directory: folder) }?.why
    #expect(why == "it holds word 9, but the vocabulary of the card has 9 words")
    try AtomicFile.write("{}", to: folder + "/card.json")
    #expect(stageError { _ = try PreparedDataset(directory: folder) }?.code == .badData)
  }

  @Test("values of another shape, type or normalisation") func badValues() throws {
    try PreparedFixture.values(in: folder)
    try PreparedFixture.changeCard(in: folder) { $0.normalization?.deviation = [1, 0, 1] }
    #expect(stageError { _ = try PreparedDataset(directory: folder) }?.code == .badData)
    try PreparedFixture.values(in: folder)
    try NumPyFile.write(NumPyArray([UInt8](repeating: 0, count: 36), shape: [6, 3, 2]), to: folder + "/values.npy")
    #expect(stageError { _ = try PreparedDataset(directory: folder) }?.code == .badData)
    try NumPyFile.write(NumPyArray([Int32](repeating: 0, count: 36), shape: [6, 2, 3]), to: folder + "/values.npy")
    #expect(stageError { _ = try PreparedDataset(directory: folder) }?.code == .badData)
  }

  @Test("pairs: rows of all first documents, then of all second ones") func pairs() throws {
    try PreparedFixture.pairs(in: folder)
    let batch = try PreparedDataset(directory: folder).batch([0, 1], of: .train)  // records 2 and 0
    guard case .tokens(let tokens, let batchSize, let length) = batch.input else { throw CocoaError(.featureUnsupported) }
    #expect((batchSize, length, batch.count) == (4, 3, 2))
    #expect(tokens == [23, 24, 25, 3, 0, 0, 25, 26, 0, 5, 6, 0])
    #expect(batch.lengths == [3, 1, 2, 2] && batch.labels == [1, 0])
    try NumPyFile.write(NumPyArray([0, 12] as [Int64], shape: [2]), to: folder + "/offsets.npy")
    #expect(stageError { _ = try PreparedDataset(directory: folder) }?.code == .badData, "half a pair")
  }

  @Test("real targets come with their samples") func realTargets() throws {
    try PreparedFixture.realTargets(in: folder)
    let data = try PreparedDataset(directory: folder)
    let batch = data.batch([2, 0], of: .train)  // records 2 and 5
    #expect(batch.targets == [1.5, 4.5] && batch.labels.isEmpty && batch.count == 2)
    #expect(data.realTargets(of: .test) == [-0.5, 3.5])
    #expect(data.majorityRate(of: .train) == 0)
    try NumPyFile.write(NumPyArray([Float](repeating: .nan, count: 6), shape: [6]), to: folder + "/targets.npy")
    #expect(stageError { _ = try PreparedDataset(directory: folder) }?.code == .badData)
  }
}

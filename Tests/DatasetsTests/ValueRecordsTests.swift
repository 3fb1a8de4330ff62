import Arrays
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct ValueRecordsTests {
  private func tensor(_ batch: Batch) throws -> HostArray {
    guard case .values(let tensor) = batch.input else { throw CocoaError(.featureUnsupported) }
    return tensor
  }

  @Test("16-bit samples are scaled, then normalised") func samples() throws {
    try PreparedFixture.values(in: folder)
    let samples = (0..<36).map { Int16($0 * 100 - 1800) }
    try NumPyFile.write(NumPyArray(samples, shape: [6, 2, 3]), to: folder + "/values.npy")
    let batch = try PreparedDataset(directory: folder).batch([0], of: .test)  // record 0: −1800, −1700, …
    // (x/2 − mean) / deviation, exact in binary.
    #expect(try tensor(batch).values() == [-901, -751, -426, -351, -200.75, -163.25])
  }

  @Test("a number that is none is blamed on the data, with its place", arguments: [Float.nan, .infinity, -.infinity])
  func badNumber(_ number: Float) throws {
    try PreparedFixture.values(in: folder, asFloats: true)
    var values = try NumPyFile.read(folder + "/values.npy").values(as: Float.self)
    values[4 * 6 + 1 * 3 + 2] = number
    try NumPyFile.write(NumPyArray(values, shape: [6, 2, 3]), to: folder + "/values.npy")
    let error = stageError { _ = try PreparedDataset(directory: folder) }
    #expect(error?.code == .badData && error?.what.contains("values.npy holds a NaN or an infinity") == true)
    #expect(error?.why == "record 4 has one at step 1, channel 2, all counted from 0")
  }

  @Test(
    "numbers of the card that normalise to nothing a model could learn from are blamed on it",
    arguments: [
      (.init(scale: 0.5, mean: [1, 2, 3], deviation: [1, 1e-300, 4]), "channel 1 make"),
      (.init(scale: 0.5, mean: [1, 2, 3], deviation: [1, 2, 1e-30]), "channel 2 make"),
      (.init(scale: 1e308, mean: [1, 2, 3], deviation: [1, 2, 4]), "scale 1e+308"),
      (.init(scale: 0.5, mean: [1e300, 2, 3], deviation: [1, 2, 4]), "mean 1e+300"),
      (.init(scale: 0, mean: [1, 2, 3], deviation: [1, 2, 4]), "normalization.scale is 0.0"),
    ] as [(DatasetCard.Normalization, String)], [true, false])
  func damagedNormalization(damage: (normalization: DatasetCard.Normalization, said: String), asFloats: Bool) throws {
    try PreparedFixture.values(in: folder, asFloats: asFloats)
    try PreparedFixture.changeCard(in: folder) { $0.normalization = damage.normalization }
    let error = stageError { _ = try PreparedDataset(directory: folder) }
    #expect(error?.code == .badData && error?.location == folder + "/card.json", "\(String(describing: error))")
    #expect(error?.why.hasPrefix("normalization.scale") == true && error?.why.contains(damage.said) == true, "\(error?.why ?? "")")
  }

  @Test("means and deviations of each step come from their arrays") func perStep() throws {
    try PreparedFixture.values(in: folder)
    try PreparedFixture.changeCard(in: folder) { $0.normalization = .init(scale: 0.5, mean: [], deviation: [], isPerStep: true) }
    try NumPyFile.write(NumPyArray([1, 2, 3, 4, 5, 6] as [Float], shape: [2, 3]), to: folder + "/step-mean.npy")
    try NumPyFile.write(NumPyArray([1, 2, 4, 1, 2, 4] as [Float], shape: [2, 3]), to: folder + "/step-deviation.npy")
    let batch = try PreparedDataset(directory: folder).batch([1], of: .test)  // record 4: 24 … 29
    #expect(try tensor(batch).values() == [11, 9.5, 5.25, 4.5, 2.5, 2.125])
    unlink(folder + "/step-mean.npy")
    #expect(#expect(throws: StageError.self) { try PreparedDataset(directory: folder) }?.code == .missingInput)
  }

  /// Two stored steps and 500 of noise.
  private func noisy(_ folder: String) throws -> PreparedDataset {
    try PreparedFixture.values(in: folder)
    try PreparedFixture.changeCard(in: folder) { ($0.sequenceLength, $0.noiseStepCount) = (502, 500) }
    return try PreparedDataset(directory: folder)
  }

  @Test("noise steps are uniform on [0, 1), differ in every record, channel and visit, and recur with the visit") func noise() throws {
    let data = try noisy(folder)
    func noise(_ visit: Visit, _ positions: [Int] = [0, 1]) throws -> [[Float]] {
      let tensor = try tensor(data.batch(positions, of: .test, visit: visit))
      #expect(tensor.shape == [positions.count, 3, 502])
      let values = tensor.values()
      return stride(from: 0, to: values.count, by: 502).map { Array(values[$0 + 2..<$0 + 502]) }
    }
    let first = try noise(Visit(seed: 3, epoch: 0))
    let all = first.joined()
    #expect(all.allSatisfy { $0 >= 0 && $0 < 1 })
    // 3000 uniform numbers: the mean's standard error is 0.0053, that of the mean square 0.0054.
    #expect(abs(all.reduce(0, +) / 3000 - 0.5) < 0.025)
    #expect(abs(all.reduce(0) { $0 + $1 * $1 } / 3000 - 1.0 / 3) < 0.025)
    #expect(Set(first).count == 6, "rows differ")
    #expect(try noise(Visit(seed: 3, epoch: 0)) == first)
    #expect(try noise(Visit(seed: 3, epoch: 0), [1]) == Array(first[3...]), "whatever else is in the batch")
    #expect(try noise(Visit(seed: 3, epoch: 1)) != first)
    #expect(try noise(Visit(seed: 4, epoch: 0)) != first)
  }

  @Test("stored steps before the noise are those of the file") func storedSteps() throws {
    let tensor = try tensor(noisy(folder).batch([1], of: .test))
    let values = tensor.values()
    #expect([0, 1, 502, 503, 1004, 1005].map { values[$0] } == [11, 12.5, 5.25, 6, 2.5, 2.875])
  }

  @Test("a file of 5 GB is mapped: batches read their own rows only") func largeFile() throws {
    let (records, length) = (160_000, 16_000)
    let writer = try NumPyRowWriter(path: folder + "/values.npy", .int16, rowShape: [length, 1])
    try writer.finish()
    // The same header with the true number of rows, then a hole that the file system stores as nothing.
    let dictionary = "{'descr': '<i2', 'fortran_order': False, 'shape': (\(records), \(length), 1), }"
    let header = dictionary + String(repeating: " ", count: 117 - dictionary.utf8.count) + "\n"
    let handle = try #require(FileHandle(forUpdatingAtPath: folder + "/values.npy"))
    try handle.seek(toOffset: 10)
    try handle.write(contentsOf: Data(header.utf8))
    try handle.truncate(atOffset: UInt64(128 + records * length * 2))
    try handle.seek(toOffset: UInt64(128 + 159_999 * length * 2))
    try handle.write(contentsOf: Data([1, 0, 2, 0]))
    try handle.close()
    var card = PreparedFixture.card(.values, length: length, channels: 1, words: 0)
    try PreparedFixture.writeList([Int32](repeating: 0, count: records), "labels.npy", in: folder)
    try PreparedFixture.writeLists((0..<160).map { Int32($0 * 1000 + 999) }, [], [], card: &card, in: folder)
    let before = try residentBytes()
    let data = try PreparedDataset(directory: folder)
    for batch in 0..<10 {
      let tensor = try tensor(data.batch((0..<16).map { batch * 16 + $0 }, of: .train))
      if batch == 9 { #expect(tensor.values().suffix(16_000).prefix(3) == [1, 2, 0]) }
    }
    // 160 rows of 32 KB are 5 MB; the labels 0.6 MB; the rest is the tests that run beside this one.
    #expect(try residentBytes() - before < 500 << 20)
  }

  /// Memory of this process that is in RAM now.
  private func residentBytes() throws -> Int {
    let text = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8)
    return (Int(text.split(separator: " ")[1]) ?? 0) * Int(getpagesize())
  }
}

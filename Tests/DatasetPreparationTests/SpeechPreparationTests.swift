import Arrays
import DatasetPreparation
import Datasets
import Foundation
import TestSupport
import Testing

@Suite(.temporaryFolder) struct SpeechPreparationTests {
  /// Samples 8n, 8n − 1, … of clip n, so that no two are equal.
  private static func samples(_ clip: Int, count: Int = 16_000) -> [Int16] { (0..<count).map { Int16(clip * 8 - $0 % 1000) } }

  /// Six clips: two train, one of them short; two validate; two test.
  private static let members: [(name: String, content: Data)] = [
    ("./_background_noise_/pink_noise.wav", WaveWriter.file([1, 2, 3], rate: 8000)), ("./LICENSE", Data("text".utf8)),
    ("./bed/a_nohash_0.wav", WaveWriter.file(samples(0))), ("./bed/b_nohash_0.wav", WaveWriter.file(samples(1))),
    ("./testing_list.txt", Data("zero/a_nohash_0.wav\ncat/c_nohash_1.wav\n".utf8)),
    ("./cat/c_nohash_1.wav", WaveWriter.file(samples(2))), ("./zero/a_nohash_0.wav", WaveWriter.file(samples(3))),
    ("./validation_list.txt", Data("bed/b_nohash_0.wav\r\nyes/d_nohash_0.wav".utf8)),
    ("./yes/d_nohash_0.wav", WaveWriter.file(samples(4))), ("./wow/e_nohash_0.wav", WaveWriter.file(samples(5, count: 9))),
  ]

  private func prepare(
    _ folder: String, _ variant: SpeechVariant = .full, _ members: [(name: String, content: Data)] = members, isOfficial: Bool = true
  ) throws -> DatasetCard {
    let raw = try RawFiles.make([SpeechPreparation.archiveName: TarWriter.archive(members)], in: folder, isOfficial: isOfficial)
    return try SpeechPreparation.prepare(variant, raw: raw, output: folder + "/" + variant.rawValue)
  }

  private func values(_ folder: String) throws -> [Int16] { try NumPyFile.read(folder + "/values.npy").values(as: Int16.self) }

  @Test("the 35 words in the loader's order") func words() {
    #expect(SpeechCommands.words.count == 35 && Set(SpeechCommands.words).count == 35)
    #expect(SpeechCommands.words.firstIndex(of: "bed") == 0 && SpeechCommands.words.firstIndex(of: "backward") == 17)
    #expect(SpeechCommands.words.firstIndex(of: "zero") == 34)
  }

  @Test("clips in the archive's order, official lists, short clips padded on the right", arguments: [true, false])
  func clips(isOfficial: Bool) throws {
    let card = try prepare(folder, isOfficial: isOfficial)
    #expect(card.unofficial, "too few clips")
    let values = try values(folder + "/16khz")
    #expect(values.count == 6 * 16_000)
    #expect(Array(values[0..<16_000]) == Self.samples(0))
    #expect(Array(values[80_000..<80_009]) == Self.samples(5, count: 9) && values[80_009...].allSatisfy { $0 == 0 })
    #expect(try NumPyFile.read(folder + "/16khz/labels.npy").values(as: Int32.self) == [0, 0, 1, 34, 16, 33])
    let lists = try Split.allCases.map {
      try NumPyFile.read(folder + "/16khz/split-\($0.rawValue).npy").values(as: Int32.self).sorted()
    }
    #expect(lists == [[0, 5], [1, 4], [2, 3]])
    #expect(card.notes.contains("1 clips are shorter than 16,000 samples and padded on the right with zeros"))
  }

  @Test("training records have mean 0 and deviation 1, their padding included") func standardised() throws {
    _ = try prepare(folder)
    let data = try PreparedDataset(directory: folder + "/16khz")
    guard case .values(let tensor) = data.batch([0, 1], of: .train).input else { throw CocoaError(.featureUnsupported) }
    let values = tensor.values().map(Double.init)
    let mean = values.reduce(0, +) / 32_000
    // Each value is rounded to float32, so the sums agree to about 1e-7.
    #expect(abs(mean) < 1e-6)
    #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 32_000 - 1) < 1e-6)
  }

  @Test(
    "8 kHz: every second sample of the same normalised sound",
    arguments: [(SpeechVariant.full, SpeechVariant.half), (.fullReleased, .halfReleased)])
  func halfRate(full: SpeechVariant, half: SpeechVariant) throws {
    _ = try prepare(folder, full)
    let card = try prepare(folder, half)
    #expect(card.samplingRate == 2 && card.sequenceLength == 8000)
    let batches = try [full, half].map { variant -> [Float] in
      let data = try PreparedDataset(directory: folder + "/" + variant.rawValue)
      guard case .values(let tensor) = data.batch([0], of: .test).input else { throw CocoaError(.featureUnsupported) }
      return tensor.values()
    }
    #expect(batches[1] == stride(from: 0, to: 16_000, by: 2).map { batches[0][$0] })
  }

  @Test("released: mean and deviation of the training records at each step, the deviation as PyTorch's") func perStep() throws {
    let card = try prepare(folder, .fullReleased)
    #expect(card.normalization?.isPerStep == true)
    let mean = try NumPyFile.read(folder + "/16khz-released/step-mean.npy").values(as: Float.self)
    let deviation = try NumPyFile.read(folder + "/16khz-released/step-deviation.npy").values(as: Float.self)
    // Step 3 of the training records 0 and 5: −3 and 40 − 3; step 500: −500 and the padding.
    #expect(abs(Double(mean[3]) - 17.0 / 32768) < 1e-9)
    #expect(abs(Double(deviation[3]) - (40 / 2.0.squareRoot() / 32768 + 1e-5)) < 1e-9)
    #expect(abs(Double(mean[500]) + 250.0 / 32768) < 1e-9)
  }

  @Test(
    "bad archives",
    arguments: [
      "8 kHz", "stereo", "8 bits", "too long", "empty sound", "no sound", "no list", "on both lists", "twice", "unknown word", "truncated",
    ]) func bad(kind: String) throws
  {
    var members = Self.members
    switch kind {
    case "8 kHz": members[2].content = WaveWriter.file([1, 2], rate: 8000)
    case "stereo": members[2].content = WaveWriter.file([1, 2], channels: 2)
    case "8 bits": members[2].content = WaveWriter.file([1, 2], bits: 8)
    case "too long": members[2].content = WaveWriter.file([Int16](repeating: 1, count: 16_001))
    case "empty sound": members[2].content = WaveWriter.file([])
    case "no sound": members[2].content = Data("<html>".utf8)
    case "no list": members.remove(at: 4)
    case "on both lists": members[4].content += Data("bed/b_nohash_0.wav\n".utf8)
    case "twice": members.append(members[2])
    case "unknown word": members[4].content += Data("flour/b_nohash_0.wav\n".utf8)
    default: break
    }
    let archive = TarWriter.archive(members)
    let raw = try RawFiles.make([SpeechPreparation.archiveName: kind == "truncated" ? archive.prefix(70_000) : archive], in: folder)
    #expect(stageError { try SpeechPreparation.prepare(.full, raw: raw, output: folder + "/p") }?.code == .badData)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["raw"])
  }

  @Test("clips that a list names but the archive lacks are counted") func absent() throws {
    var members = Self.members
    members[4].content += Data("zero/z_nohash_0.wav\n".utf8)
    let card = try prepare(folder, .full, members)
    #expect(card.notes.contains("1 clips of the official lists are not in the archive"))
  }
}

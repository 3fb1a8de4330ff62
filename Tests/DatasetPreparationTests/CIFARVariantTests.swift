import Arrays
import DatasetPreparation
import Datasets
import Foundation
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct CIFARVariantTests {
  /// Two records in each file; pixel p of record r has red p, green 2p + r and blue 7 (all modulo 256).
  private static let archive: Data = {
    let names = (1...5).map { "data_batch_\($0)" } + ["test_batch"]
    return TarWriter.archive(
      names.map { name in
        let records = (0..<2).map { record -> Data in
          let green = (0..<1024).map { UInt8(truncatingIfNeeded: 2 * $0 + record) }
          return Data([UInt8(record)] + (0..<1024).map { UInt8(truncatingIfNeeded: $0) } + green + [UInt8](repeating: 7, count: 1024))
        }
        return ("cifar-10-batches-bin/\(name).bin", records.reduce(Data(), +))
      })
  }()

  /// Prepares a variant in the folder's `p`; returns its card, its first stored record and a normalised batch of the record.
  private func prepare(_ variant: CIFARVariant) throws -> (card: DatasetCard, stored: [UInt8], batch: HostArray) {
    let raw = try RawFiles.make([CIFARPreparation.archiveName: Self.archive], in: folder)
    let card = try CIFARPreparation.prepare(variant, raw: raw, output: folder + "/p")
    let data = try PreparedDataset(directory: folder + "/p")
    let list = try NumPyFile.read(folder + "/p/split-train.npy").values(as: Int32.self)
    let place = try #require(list.firstIndex { $0 % 2 == 0 })
    guard case .values(let tensor) = data.batch([place], of: .train).input else { throw CocoaError(.featureUnsupported) }
    let values = try NumPyFile.read(folder + "/p/values.npy")
    #expect(values.shape == [12, 1024, card.channelCount])
    #expect(card.variant == variant.rawValue && card.unofficial)
    return (card, Array(try values.values(as: UInt8.self).prefix(1024 * card.channelCount)), tensor)
  }

  @Test("colours lie pixel by pixel; both normalisations have their own deviations", arguments: [CIFARVariant.rgb, .rgbScript])
  func colour(variant: CIFARVariant) throws {
    let (card, stored, tensor) = try prepare(variant)
    #expect(stored[0..<9] == [0, 0, 7, 1, 2, 7, 2, 4, 7])
    #expect(tensor.shape == [1, 3, 1024])
    let deviations = variant == .rgb ? [0.247, 0.243, 0.261] : [0.2023, 0.1994, 0.2010]
    #expect(card.normalization?.deviation == deviations)
    let values = tensor.values().map(Double.init)
    // A rounding of float32 near 2.
    #expect(abs(values[100] - (100.0 / 255 - 0.4914) / deviations[0]) < 1e-6)
    #expect(abs(values[1024 + 100] - (200.0 / 255 - 0.4822) / deviations[1]) < 1e-6)
    #expect(abs(values[2048 + 100] - (7.0 / 255 - 0.4465) / deviations[2]) < 1e-6)
  }

  @Test("one permutation moves the pixels of every image; it is published beside them") func permuted() throws {
    let (card, stored, _) = try prepare(.permuted)
    let permutation = try NumPyFile.read(folder + "/p/permutation.npy").values(as: Int32.self).map(Int.init)
    #expect(permutation == CIFARVariant.permutation)
    #expect(permutation.sorted() == Array(0..<1024))
    for step in [0, 1, 500, 1023] {
      let pixel = permutation[step]
      let expected = [UInt8(truncatingIfNeeded: pixel), UInt8(truncatingIfNeeded: 2 * pixel), 7]
      #expect(Array(stored[step * 3..<step * 3 + 3]) == expected)
    }
    #expect(card.arrays["permutation.npy"] != nil)
    #expect(card.notes.contains { $0.contains("not the authors'") })
    // The published permutation: a change here would silently change every result.
    let bytes = NumPyArray(permutation.map(Int32.init), shape: [1024]).data
    #expect(FileHash.hex(of: bytes) == "608afea564411fa75e37abd8da168a439b40d58d2893f4aa672058dc3c17f2bc")
  }

  @Test("noise-padded: 1024 stored steps, 1024 of noise that no file holds") func noisePadded() throws {
    let (card, _, tensor) = try prepare(.noisePadded)
    #expect(card.sequenceLength == 2048 && card.noiseStepCount == 1024)
    #expect(card.normalization?.deviation == [0.2023, 0.1994, 0.2010])
    #expect(tensor.shape == [1, 3, 2048])
    let values = tensor.values()
    #expect(abs(Double(values[100]) - (100.0 / 255 - 0.4914) / 0.2023) < 1e-6)
    #expect(values[1024..<2048].allSatisfy { $0 >= 0 && $0 < 1 } && Set(values[1024..<2048]).count > 1000)
  }

  @Test("gray keeps its card: no key of the later variants") func gray() throws {
    let (_, stored, _) = try prepare(.gray)
    #expect(stored[100] == Grayscale.luma(red: 100, green: 200, blue: 7))
    let text = String(decoding: FileManager.default.contents(atPath: folder + "/p/card.json") ?? Data(), as: UTF8.self)
    for key in ["noiseStepCount", "documentCount", "targetKind", "samplingRate", "isPerStep"] { #expect(!text.contains(key)) }
  }
}

import Datasets
import Foundation
import TestSupport
import Testing

@testable import DatasetPreparation

/// Thousands of damaged files for the parsers of sequences: every one is read or refused with a `StageError`, never anything else.
@Suite(.temporaryFolder) struct SequenceMutationTests {
  @Test("WAV") func wave() throws {
    let file = [UInt8](WaveWriter.file((0..<20).map { Int16($0 * 1000 - 9000) }))
    try Mutation.expectRefusals(500, of: file, seed: 21) {
      let samples = try WaveFile.decode($0, sampleRate: 16_000, atMost: 16_000, name: "a", advice: "")
      #expect((1...16_000).contains(samples.count))
    }
  }

  @Test("list of clips") func clipList() throws {
    let file = Array((0..<30).map { "\(SpeechCommands.words[$0])/\($0)a_nohash_\($0 % 5).wav\n" }.joined().utf8)
    try Mutation.expectRefusals(300, of: file, seed: 22) { bytes in
      let clips = try ClipList.parse(bytes, name: "a", advice: "")
      #expect(!clips.isEmpty)
    }
  }

  @Test(".ts") func timeSeries() throws {
    let file = Array("@dimensions 2\n@seriesLength 3\n@data\n1,2.5,-3e1:4,5,6:17\n0,0,0:1,1,1:2\n9,8,7:6,5,4:3\n".utf8)
    try Mutation.expectRefusals(1500, of: file, rounds: 3000, seed: 23) { bytes in
      var table = TimeSeriesTable(name: "a", dimensionCount: 2, length: 3, advice: "")
      for record in try table.rows(of: bytes) {
        #expect(record.values.count == 6 && (record.values + [record.target]).allSatisfy(\.isFinite))
      }
    }
  }

  @Test("table of signals") func signals() throws {
    let file = Array("Time [s], RESP, PLETH\n0,1,5\n0.008,NaN,6\n0.016,2,7\n0.024,2e1,-7\n".utf8)
    try Mutation.expectRefusals(800, of: file, seed: 24) { bytes in
      let table = try bytes.withUnsafeBytes { try SignalTable($0, name: "a") }
      #expect(!table.text.isEmpty)
    }
  }

  @Test("table of expressions") func expressions() throws {
    let file = Array("Source\tTarget\n( ( ( [MAX 3 ) 4 ) ] )\t4\n( ( ( [SM 9 ) 4 ) ] )\t3\r\n7\t7\n".utf8)
    try Mutation.expectRefusals(1500, of: file, rounds: 3000, seed: 28) { bytes in
      var table = ListOpsTable(name: "a", advice: "")
      for example in try table.rows(of: bytes) { #expect(example.target < 10 && !example.words.isEmpty) }
    }
  }

  @Test("Pathfinder metadata") func pathfinderMetadata() throws {
    let file = Array((0..<6).map { "imgs/0 sample_\($0).png \($0) \($0 % 2) 1.0 14 4 5 0.5 1 1" }.joined(separator: "\n").utf8)
    let share = try Mutation.expectRefusals(100, of: file, rounds: 2500, seed: 29) { bytes in
      for entry in try PathfinderMetadata.parse(bytes, name: "0.npy", advice: "") {
        #expect(entry.path.hasSuffix(".png") && !entry.path.hasPrefix("/") && (0...1).contains(entry.label))
      }
    }
    #expect(share < 1)
  }

  @Test("table of pairs") func pairs() throws {
    let file = Array("0.0\tA1\tB2\tb'first é'\tb'second'\n1\tA3\tB4\tthird\tfourth\n".utf8)
    try Mutation.expectRefusals(500, of: file, seed: 25) { bytes in
      var table = DocumentPairTable(name: "a", advice: "")
      for pair in try table.rows(of: bytes) { #expect((0...1).contains(pair.label)) }
    }
  }

  /// Parses damaged archives from a file.
  private func refusedArchives(_ least: Int, _ archive: Data, seed: UInt64, _ parse: (RawFolder.File) throws -> Void) throws {
    let source = DatasetCard.Source(name: "archive", sha256: "", bytes: archive.count, official: true)
    let file = RawFolder.File(path: folder + "/archive", source: source, advice: "")
    try Mutation.expectRefusals(least, of: [UInt8](archive), seed: seed) { bytes in
      guard FileManager.default.createFile(atPath: file.path, contents: Data(bytes)) else { throw CocoaError(.fileWriteUnknown) }
      try parse(file)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["archive"])
    }
  }

  @Test("CIFAR-10 archive") func cifar() throws {
    let names = (1...5).map { "data_batch_\($0).bin" } + ["test_batch.bin"]
    let archive = TarWriter.archive(names.map { ("cifar-10-batches-bin/" + $0, Data([3]) + Data(count: 3072)) })
    try refusedArchives(300, archive, seed: 26) { file in
      let batches = try CIFARArchive(file)
      #expect(batches.training.count == 5 && batches.test.count > 0 && batches.test.label(0) < 10)
    }
  }

  @Test("IMDB archive") func reviews() throws {
    let names = ["train/neg/0_1", "train/pos/0_9", "test/neg/0_2", "test/pos/0_8"]
    let archive = TarWriter.archive(names.map { ("aclImdb/\($0).txt", Data("text é".utf8)) })
    try refusedArchives(300, archive, seed: 27) { file in
      let reviews = try ReviewArchive.read(file)
      #expect(reviews.count >= 4)
    }
  }
}

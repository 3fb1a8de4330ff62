import Arrays
import DatasetPreparation
import Datasets
import Foundation
import TestSupport
import Testing

@Suite(.temporaryFolder) struct TonePreparationTests {
  private static let counts: [Split: Int] = [.train: 9, .validation: 3, .test: 6]

  @Test("one and two threads write the same bytes; another seed writes others") func sameBytes() throws {
    var hashes: [String?] = []
    for (seed, threads) in [(1, 1), (1, 2), (2, 2)] {
      let output = "\(folder)/\(seed)-\(threads)"
      hashes.append(
        try TonePreparation.prepare(.full, counts: Self.counts, seed: seed, output: output, threadCount: threads).arrays["values.npy"])
    }
    #expect(hashes[0] == hashes[1] && hashes[0] != hashes[2])
  }

  @Test("at 8 kHz lies every second sample of the same sounds") func halfRate() throws {
    let full = try TonePreparation.prepare(.full, counts: Self.counts, seed: 3, output: folder + "/full", threadCount: 2)
    let half = try TonePreparation.prepare(.half, counts: Self.counts, seed: 3, output: folder + "/half", threadCount: 2)
    let samples = try NumPyFile.read(folder + "/full/values.npy").values(as: Int16.self)
    let every = stride(from: 0, to: samples.count, by: 2).map { samples[$0] }
    #expect(try NumPyFile.read(folder + "/half/values.npy").values(as: Int16.self) == every)
    #expect(full.normalization == half.normalization && half.samplingRate == 2 && full.samplingRate == nil)
    #expect(full.splits["train"] == .init(count: 9, perClass: [Int](repeating: 1, count: 9)))
    #expect(full.variant == "tones-generated" && half.variant == "tones-8khz-generated" && !full.unofficial)
    #expect(full.generator?.parameters == ["train": 9, "validation": 3, "test": 6, "seed": 3])
  }

  @Test("a class is its band and direction", arguments: 0..<9) func classes(label: Int) {
    let samples = ToneGenerator(seed: 5).samples(label + 9)
    // The sound is where the energy is: its first and last quarter, and the crossings of zero there.
    let energy = samples.map { Double($0) * Double($0) }
    let total = energy.reduce(0, +)
    func place(_ share: Double) -> Int {
      var sum = 0.0
      return energy.firstIndex {
        sum += $0; return sum >= share * total
      } ?? 0
    }
    func frequency(_ range: Range<Int>) -> Double {
      let crossings = range.dropFirst().count { (samples[$0] < 0) != (samples[$0 - 1] < 0) }
      return Double(crossings) / 2 / Double(range.count) * 16_000
    }
    let (early, late) = (frequency(place(0.2)..<place(0.4)), frequency(place(0.6)..<place(0.8)))
    let bands = [200.0...500, 700...1400, 1900...3400]
    #expect(bands[label % 3].contains((early + late) / 2))
    // A chirp covers at least half of its band, of which this compares two points; a steady tone moves by the noise of counting alone.
    let width = bands[label % 3].upperBound - bands[label % 3].lowerBound
    switch label / 3 {
    case 0: #expect(abs(late - early) < 0.06 * width + 20)
    case 1: #expect(late - early > 0.06 * width + 20 || width < 400 && late > early)
    default: #expect(early - late > 0.06 * width + 20 || width < 400 && early > late)
    }
  }

  @Test("impossible numbers") func impossible() {
    let none: [Split: Int] = [.train: 0, .validation: 1, .test: 1]
    let error = stageError { try TonePreparation.prepare(.full, counts: none, seed: 1, output: "/nowhere", threadCount: 1) }
    #expect(error?.code == .badConfiguration)
    let released = stageError {
      try TonePreparation.prepare(.fullReleased, counts: Self.counts, seed: 1, output: "/nowhere", threadCount: 1)
    }
    #expect(released?.code == .badConfiguration)
  }
}

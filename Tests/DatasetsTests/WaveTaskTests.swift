import Datasets
import Foundation
import Testing

@Suite struct WaveTaskTests {
  @Test("training is the whole grid 0.1 … 1 of four amplitudes, the last one fastest") func grid() {
    let task = WaveTask(sequenceLength: 1, seed: 1)
    #expect(task.count(of: .training) == 10_000)
    var index = 0
    for first in 1...10 {
      for second in 1...10 {
        for third in 1...10 {
          for fourth in 1...10 {
            let expected = [first, second, third, fourth].map { Double($0) / 10 }
            if task.amplitudes(index, of: .training) != expected { Issue.record("sample \(index)") }
            index += 1
          }
        }
      }
    }
  }

  @Test("inputs are the sums of cosines at t = k·1e-4") func inputs() {
    let task = WaveTask(sequenceLength: 500, seed: 1)
    let amplitudes = [0.3, 1, 0.1, 0.7]
    for (step, value) in task.input(amplitudes).enumerated() {
      let time = Double(step) * 1e-4
      let expected = 0.3 * cos(time) + cos(16 * time) + 0.1 * cos(256 * time) + 0.7 * cos(4096 * time)
      #expect(abs(value - expected) < 1e-12)
    }
  }

  @Test("62,832 steps are one period of the slowest wave") func period() {
    #expect(abs(62_832 * WaveTask.timestep - 2 * .pi) < 1e-4)
    #expect(WaveTask(seed: 1).sequenceLength == 62_832)
  }

  @Test("test amplitudes are uniform on [0, 1), independent, and always the same") func test() {
    let task = WaveTask(sequenceLength: 1, testCount: 2000, seed: 7)
    let all = (0..<2000).map { task.amplitudes($0, of: .test) }
    #expect(all == (0..<2000).map { WaveTask(sequenceLength: 1, testCount: 2000, seed: 7).amplitudes($0, of: .test) })
    #expect(Set(all).count == 2000)
    #expect(all.joined().allSatisfy { 0..<1 ~= $0 })
    for place in 0..<4 {
      let values = all.map { $0[place] }
      // Standard errors: 0.0065 of the mean, 0.0058 of the mean square.
      let mean = values.reduce(0, +) / 2000
      let meanSquare = values.map { $0 * $0 }.reduce(0, +) / 2000
      #expect(abs(mean - 0.5) < 0.03)
      #expect(abs(meanSquare - 1.0 / 3) < 0.03)
    }
  }

  @Test("a batch holds the same numbers in single precision") func batch() {
    let task = WaveTask(sequenceLength: 9, seed: 7)
    let (input, target) = task.batch([0, 4321], of: .training)
    #expect(input.shape == [2, 1, 9] && target.shape == [2, 4])
    #expect(target.values() == [0.1, 0.1, 0.1, 0.1, 0.5, 0.4, 0.3, 0.2])
    #expect(input.values()[9...] == task.input([0.5, 0.4, 0.3, 0.2]).map { Float($0) }[...])
  }
}

import Datasets
import LinearAlgebra
import Testing

@Suite struct DelayTaskTests {
  /// The task as published: 4000 steps in a second, noise up to 1000 Hz.
  private static let paper = DelayTask(seed: 1)

  @Test("nothing above the cut-off, and no offset but the shift that makes the first value 0") func band() {
    let signal = Self.paper.input(3, of: .evaluation)
    #expect(signal.count == 4000 && signal[0] == 0 && Self.paper.lastBin == 1000)
    let power = DiscreteFourierTransform(length: 4000).power(of: signal)
    let inside = power[1...1000]
    let total = inside.reduce(0, +)
    #expect(power[1001...].allSatisfy { $0 < 1e-20 * total })
    #expect(inside.allSatisfy { $0 > 0 })
    // Filled bins hold 0.25·4000²/2000 = 2000 on average; 1000 exponential numbers, so 10 standard errors are a third.
    #expect(abs(total / 2_000_000 - 1) < 0.33)
  }

  @Test("the root mean square about the mean is 0.5") func variance() {
    let task = DelayTask(sequenceLength: 200, lag: 50, timestep: 0.005, cutoff: 50, evaluationCount: 400, seed: 2)
    #expect(task.lastBin == 50)
    var sum = 0.0
    for index in 0..<400 {
      let signal = task.input(index, of: .evaluation)
      let mean = signal.reduce(0, +) / 200
      sum += signal.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 200
    }
    // Each sequence has 100 degrees of freedom: the relative standard error of 40,000 is 0.7 %.
    #expect(abs(sum / 400 / 0.25 - 1) < 0.035)
  }

  @Test("without a cut-off every bin is filled, and the last is real") func whole() {
    let task = DelayTask(sequenceLength: 64, lag: 1, timestep: 0.5, cutoff: 1, seed: 3)
    #expect(task.lastBin == 32)
    #expect(DiscreteFourierTransform(length: 64).power(of: task.input(0, of: .evaluation)).dropFirst().allSatisfy { $0 > 1e-6 })
  }

  @Test("the target is the input, 1000 steps later, 0 before") func lag() {
    let input = Self.paper.input(0, of: .evaluation)
    let target = Self.paper.target(of: input)
    #expect(target.count == 4000 && target[..<1000].allSatisfy { $0 == 0 })
    #expect(Array(target[1000...]) == Array(input[..<3000]))
  }

  @Test("evaluation is fixed, training fresh in each epoch, and none equals another") func samples() {
    let task = DelayTask(sequenceLength: 20, lag: 5, timestep: 0.05, cutoff: 10, trainingCount: 6, evaluationCount: 4, seed: 4)
    #expect(task.input(2, of: .evaluation) == task.input(2, of: .evaluation))
    var all: Set<[Double]> = []
    for index in 0..<4 { all.insert(task.input(index, of: .evaluation)) }
    for epoch in 0..<3 { for index in 0..<6 { all.insert(task.input(index, of: .training(epoch: epoch))) } }
    #expect(all.count == 4 + 3 * 6)
    #expect(task.count(of: .training(epoch: 9)) == 6 && task.count(of: .evaluation) == 4)
  }

  @Test("a batch holds the same numbers in single precision") func batch() {
    let task = DelayTask(sequenceLength: 21, lag: 5, timestep: 0.05, cutoff: 5, seed: 5)
    let (input, target) = task.batch([1, 7], of: .evaluation)
    #expect(input.shape == [2, 1, 21] && target.shape == [2, 1, 21])
    let expected = task.input(7, of: .evaluation)
    #expect(input.values()[21...] == expected.map { Float($0) }[...])
    #expect(target.values()[21...] == task.target(of: expected).map { Float($0) }[...])
  }
}

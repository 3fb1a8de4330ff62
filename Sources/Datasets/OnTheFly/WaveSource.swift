import Arrays

/// The waves task as batches: training samples of the grid, and independent ones to choose the epoch and to test.
package struct WaveSource: BatchSource {
  private let task: WaveTask
  /// Places in the grid: in random order, so that fewer than all cover it evenly.
  private let trainingSamples: [Int]
  private let validationCount: Int
  private let testCount: Int

  /// - Precondition: `train` is at most the size of the grid, 10,000.
  package init(sequenceLength: Int, train: Int, validation: Int, test: Int, seed: UInt64) {
    task = WaveTask(sequenceLength: sequenceLength, testCount: test + validation, seed: seed)
    var stream = RandomStream(seed: seed, purpose: .split)
    precondition(train <= WaveTask.gridSize, "WaveSource: \(train) samples of a grid of \(WaveTask.gridSize)")
    trainingSamples = Array(stream.permutation(WaveTask.gridSize).prefix(train))
    (validationCount, testCount) = (validation, test)
  }

  package var description: SampleDescription {
    SampleDescription(input: .values(channels: 1), target: .numbers(WaveTask.frequencies.count), sequenceLength: task.sequenceLength)
  }

  package func count(of split: Split) -> Int {
    switch split {
    case .train: trainingSamples.count
    case .validation: validationCount
    case .test: testCount
    }
  }

  package func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit) -> Batch {
    let (indices, samples) = place(positions, of: split)
    let (input, target) = task.batch(indices, of: samples)
    return Batch(input: .values(input), target: .numbers(target))
  }

  package func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target {
    let (indices, samples) = place(positions, of: split)
    let amplitudes = indices.flatMap { task.amplitudes($0, of: samples) }
    return .numbers(HostArray([indices.count, WaveTask.frequencies.count], values: amplitudes.map { Float($0) }))
  }

  /// Test samples come before those of validation, so that the test set does not depend on the size of the other.
  private func place(_ positions: some Collection<Int>, of split: Split) -> ([Int], WaveTask.Samples) {
    switch split {
    case .train: (positions.map { trainingSamples[$0] }, .training)
    case .validation: (positions.map { testCount + $0 }, .test)
    case .test: (Array(positions), .test)
    }
  }
}

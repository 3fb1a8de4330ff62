import RunSupport

/// The delay task as batches: new training sequences in each epoch, fixed ones to choose the epoch and to test.
package struct DelaySource: BatchSource {
  private let task: DelayTask
  private let validationCount: Int
  private let testCount: Int

  /// - Precondition: what `DelayTask` asks for.
  package init(sequenceLength: Int, lag: Int, train: Int, validation: Int, test: Int, seed: UInt64) {
    task = DelayTask(sequenceLength: sequenceLength, lag: lag, trainingCount: train, evaluationCount: test + validation, seed: seed)
    (validationCount, testCount) = (validation, test)
  }

  package var description: SampleDescription {
    SampleDescription(input: .values(channels: 1), target: .numbers(1), sequenceLength: task.sequenceLength)
  }

  /// τ in steps.
  package var lag: Int { task.lag }

  /// The inputs of the test split in double precision, shape [sequences][L].
  package var testInputs: [[Double]] { orderedMap(0..<testCount) { task.input($0, of: .evaluation) } }

  package func count(of split: Split) -> Int {
    switch split {
    case .train: task.trainingCount
    case .validation: validationCount
    case .test: testCount
    }
  }

  package func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit) -> Batch {
    // Test sequences come before those of validation, so that the test set does not depend on the size of the other.
    let indices = split == .validation ? positions.map { testCount + $0 } : Array(positions)
    let (input, target) = task.batch(indices, of: split == .train ? .training(epoch: visit.epoch) : .evaluation)
    return Batch(input: .values(input), target: .numbers(target))
  }

  package func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target {
    batch(positions, of: split, visit: .first).target
  }
}

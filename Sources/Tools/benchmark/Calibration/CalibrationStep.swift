import Arrays
import Datasets
import Operations
import RunSupport
import Runs
import SequenceModels
import Training
import Vocabulary

/// Training steps and evaluations of one shape, batches gathered beside them as in a run.
struct CalibrationStep {
  private let model: any SequenceModel
  private let optimizer: Optimizer
  private let source: any BatchSource
  private let batchSize: Int

  init(_ shape: CalibrationShape) throws {
    batchSize = shape.batchSize
    source =
      try shape.task?.source([
        "sequenceLength": shape.sequenceLength, "lag": shape.sequenceLength / 4, "train": 1000, "validation": 1, "test": 1, "seed": 1,
      ]) ?? RepeatedBatch(shape)
    model = try shape.model.makeModel(input: InputDescription(source.description), seed: 1)
    optimizer = Optimizer(
      model, configuration: OptimizerConfiguration(learningRate: 0.001, weightDecay: 0.01, decaysBiasesAndNorms: true))
  }

  /// The fastest of at most five, after warm-up: what a step takes where nothing else disturbs it. No more are made once `seconds` have gone
  /// by. Where every batch has to be made, it is the mean of four, since some are made while nobody waits for them.
  ///
  /// - Returns: milliseconds.
  func measure(seconds: Double) throws -> (training: Double, evaluation: Double) {
    (try fastest(seconds, train), try fastest(seconds) { _ = model.output(of: SequenceInput($0.input), lengths: nil) })
  }

  /// Training steps a second, made of one batch until a moment of the monotonic clock, after one for warm-up.
  func stepsPerSecond(until end: Double) -> Double {
    let batch = source.batch(0..<batchSize, of: .train, visit: Visit(seed: 1, epoch: 0))
    train(batch)
    let start = ResourceUsage.monotonicSeconds
    var count = 0
    repeat {
      train(batch)
      count += 1
    } while ResourceUsage.monotonicSeconds < end
    return Double(count) / (ResourceUsage.monotonicSeconds - start)
  }

  private func fastest(_ seconds: Double, _ body: (Batch) -> Void) throws -> Double {
    let (source, batchSize) = (source, batchSize)
    let steps = source is RepeatedBatch ? 1 : 4
    let batches = Prefetcher(0..<6 * steps) { index in
      source.batch((0..<batchSize).map { (index * batchSize + $0) % 1000 }, of: .train, visit: Visit(seed: 1, epoch: 0))
    }
    func meanTime() throws -> Double {
      try Times.milliseconds { for _ in 0..<steps { if let batch = try batches.nextItem() { body(batch) } } } / Double(steps)
    }
    _ = try meanTime()
    let start = ResourceUsage.monotonicSeconds
    var times = [try meanTime()]
    while times.count < 5 && ResourceUsage.monotonicSeconds - start < seconds { times.append(try meanTime()) }
    return Times(times).minimum
  }

  private func train(_ batch: Batch) {
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    model.differentiate(SequenceInput(batch.input), lengths: nil, pass: &pass) { output, part in
      BatchLoss.backward(output, target: part.map { batch.target[$0] } ?? batch.target, batchCount: batch.count)
    }
    optimizer.step(factor: 1)
  }
}

/// The same random numbers at every access.
private struct RepeatedBatch: BatchSource {
  let description: SampleDescription
  private let only: Batch

  init(_ shape: CalibrationShape) {
    var stream = RandomStream(seed: 1, purpose: .testing)
    let size = shape.input.numberCount * shape.sequenceLength
    // A row is enough, and cheaper than as many draws.
    let row = (0..<size).map { _ in Float(stream.uniform(-1..<1)) }
    let rows = (0..<shape.batchSize).flatMap { _ in row }
    let target: SampleDescription.Target
    switch shape.input {
    case .frames(let frame):
      let frames = HostArray([shape.batchSize, shape.sequenceLength, frame.channels, frame.height, frame.width], values: rows)
      only = Batch(input: .frames(frames), target: .frames(frames))
      target = .frames(channels: frame.channels)
    case .values, .tokens:
      let values = HostArray([shape.batchSize, shape.input.numberCount, shape.sequenceLength], values: rows)
      let learnsInput = shape.model.traits.learnsCleanPictures
      only = Batch(
        input: .values(values), target: learnsInput ? .numbers(values) : .classes((0..<Int32(shape.batchSize)).map { $0 % 2 }))
      target = learnsInput ? .numbers(shape.input.numberCount) : .classes(2)
    }
    description = SampleDescription(input: shape.input, target: target, sequenceLength: shape.sequenceLength)
  }

  func count(of split: Split) -> Int { only.count }
  func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit) -> Batch { only }
  func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target { only.target }
}

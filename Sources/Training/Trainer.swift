import Datasets
import MessagePassing
import Operations
import RunSupport
import SequenceModels
import Vocabulary

/// What happens during a training, for progress bars and logs.
package protocol TrainingObserver: AnyObject {
  func trainingResumed(_ state: TrainingState)
  /// A damaged checkpoint was removed.
  func checkpointPassedOver(_ name: String, why: String)
  func stepFinished(epoch: Int, batch: Int, batchCount: Int, loss: Double)
  func epochFinished(_ metrics: EpochMetrics, isBest: Bool)
  func checkpointSaved(step: Int)
}

/// The epoch loop: train, evaluate on the whole validation set, keep the best epoch, checkpoint, and resume to the same bits.
package final class Trainer {
  private let model: any SequenceModel
  private let data: any BatchSource
  private let configuration: TrainingConfiguration
  private let probe: Probe
  private let seed: UInt64
  private let checkpoints: CheckpointStore
  private let metric: Metric
  private let optimizer: Optimizer
  private let step: any TrainingStep
  private let observer: (any TrainingObserver)?
  private let ranks: Ranks
  /// Where the training is; before `resume` and `run`, its start.
  package private(set) var state: TrainingState

  /// Seconds between checkpoints within an epoch.
  package var checkpointInterval = 120.0
  /// Asked after every step; a non-nil answer saves a checkpoint and ends `run` with that error.
  package var interruption: () -> StageError? = { nil }
  /// Asked at the end of every epoch for numbers of the model that the history is to keep, through interruptions too.
  package var notes: (() -> [Float])?

  /// Whether the history also keeps what the model reaches on the test split at the end of every epoch. No epoch is chosen by it.
  package var watchesTest = false

  private var sittingStart = 0.0
  private var secondsBefore = 0.0

  /// - Parameters:
  ///   - metric: what is to be read from the sums of the epochs besides the loss; nil is the usual one of such targets.
  ///   - computing: the device that trains; nil is our own engine.
  ///   - ranks: the processes that share the shards of each batch; the first of them writes the checkpoints.
  package init(
    model: any SequenceModel, data: any BatchSource, configuration: TrainingConfiguration, seed: UInt64, checkpoints: CheckpointStore,
    metric: Metric? = nil, on computing: ComputingDevice? = nil, among ranks: Ranks = .alone, observer: (any TrainingObserver)? = nil
  ) {
    self.metric = metric ?? data.description.usualMetric
    self.model = model
    self.data = data
    self.configuration = configuration
    probe = configuration.probe ?? .whole
    self.seed = seed
    self.checkpoints = checkpoints
    self.observer = observer
    self.ranks = ranks
    optimizer = Optimizer(model, through: probe, configuration: configuration.optimizer)
    step =
      if let computing {
        DeviceTrainingStep(model: model, optimizer: optimizer, metric: self.metric, probe: probe, on: computing)
      } else if let shardCount = configuration.shards {
        ShardedTrainingStep(model: model, optimizer: optimizer, metric: self.metric, probe: probe, shardCount: shardCount, among: ranks)
      } else {
        HostTrainingStep(model: model, optimizer: optimizer, metric: self.metric, probe: probe)
      }
    state = TrainingState(seed: seed)
  }

  /// Continues from the newest whole checkpoint, if there is one.
  ///
  /// - Parameter force: also from one of another numeric fingerprint.
  /// - Returns: whether force was needed.
  /// - Throws: `StageError` if it belongs to another model or training or was made under another fingerprint.
  package func resume(force: Bool = false) throws -> Bool {
    // The first process removes what is damaged, before others look.
    if !ranks.isFirst { ranks.meet() }
    let wasForced = try restore(force: force)
    if ranks.isFirst { ranks.meet() }
    try checkAgreement()
    return wasForced
  }

  private func restore(force: Bool) throws -> Bool {
    let restored = try checkpoints.restoreNewest(
      into: model, optimizer, lastEpoch: configuration.epochs, force: force,
      damaged: { observer?.checkpointPassedOver($0, why: $1) })
    guard let restored else { return false }
    let batchCount = data.count(of: .train) / configuration.batchSize
    if let why = restored.state.misfit(seed: seed, epochs: configuration.epochs, batchCount: batchCount, batchSize: configuration.batchSize)
    {
      throw StageError(
        .badData, "the checkpoint is none of this training", where: restored.folder + "/state.json", why: why,
        fix: "delete the checkpoint's folder and train again: it goes on from the one before")
    }
    state = restored.state
    observer?.trainingResumed(state)
    return !restored.fingerprintAgrees
  }

  /// Trains to the last epoch; the model then holds the best epoch's weights.
  ///
  /// - Throws: `StageError`: `badConfiguration` when the loss is no longer finite (the last good checkpoint stays),
  ///   what `interruption` returned, or errors of reading and writing.
  package func run() throws -> TrainingState {
    sittingStart = ResourceUsage.monotonicSeconds
    secondsBefore = state.seconds
    while state.epoch < configuration.epochs { try runEpoch() }
    guard let best = state.best else { throw nothingTrained() }
    // Now the first process has written them.
    ranks.meet()
    try model.loadWeights(from: checkpoints.path(best.weights))
    return state
  }

  private func runEpoch() throws {
    let epoch = state.epoch
    let plan = EpochPlan(
      count: data.count(of: .train), batchSize: configuration.batchSize, order: .shuffled(seed: seed, epoch: epoch), dropLast: true)
    guard plan.batchCount > 0 else { throw nothingTrained() }
    var lastCheckpoint = ResourceUsage.monotonicSeconds
    let batches = data.keeping(every: probe.samplingRate).batches(
      plan, of: .train, from: state.batchesDone, visit: Visit(seed: seed, epoch: epoch))
    while let batch = try batches.nextItem() {
      let loss = try runStep(batch)
      state.batchesDone += 1
      observer?.stepFinished(epoch: epoch + 1, batch: state.batchesDone, batchCount: plan.batchCount, loss: loss)
      if let reason = ranks.agree(on: interruption(), of: checkpoints.directory) {
        try checkpoint()
        throw reason
      }
      if ResourceUsage.monotonicSeconds - lastCheckpoint > checkpointInterval && state.batchesDone < plan.batchCount {
        try checkpoint()
        lastCheckpoint = ResourceUsage.monotonicSeconds
      }
    }
    try finishEpoch()
  }

  /// One optimiser step; returns the last known mean loss of a batch before its step.
  private func runStep(_ batch: Batch) throws -> Double {
    let factor = configuration.schedule.factor(step: state.step, epoch: state.epoch)
    let loss = try guarded { try step.run(batch, factor: factor, state: &state) }
    state.step += 1
    return loss
  }

  private func synchronize() throws { try guarded { try step.synchronize(&state) } }

  private func guarded<Result>(_ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DivergedLoss { throw diverged("the training loss is \(error.loss)") }
  }

  private func finishEpoch() throws {
    try synchronize()
    let evaluator = Evaluator(answers: step.answers, data: data, batchSize: configuration.batchSize, probe: probe, metric: metric)
    let validation = try evaluator.evaluate(.validation)
    guard validation.loss.isFinite else { throw diverged("the validation loss is \(validation.loss)") }
    let factor = configuration.schedule.factor(step: max(0, state.step - 1), epoch: state.epoch)
    state.epoch += 1
    state.batchesDone = 0
    state.seconds = elapsedSeconds
    let metrics = EpochMetrics(
      epoch: state.epoch, step: state.step, learningRate: configuration.optimizer.learningRate * factor, train: state.epochSums,
      validation: validation, test: watchesTest ? try evaluator.evaluate(.test) : nil, seconds: elapsedSeconds, notes: notes?())
    state.history.append(metrics)
    state.epochSums = MetricSums()
    let isBest = state.best.map { isBetter(validation, than: $0.validation) } ?? true
    if isBest {
      state.best = TrainingState.Best(
        epoch: state.epoch, validation: validation,
        weights: ranks.isFirst ? try checkpoints.saveBest(model, epoch: state.epoch) : CheckpointStore.bestName(epoch: state.epoch))
    }
    try checkAgreement()
    observer?.epochFinished(metrics, isBest: isBest)
    try checkpoint()
  }

  /// By accuracy for classes, by loss for numbers; the first of equals stays.
  private func isBetter(_ candidate: MetricSums, than best: MetricSums) -> Bool {
    if case .classes = data.description.target { return candidate.accuracy > best.accuracy }
    return candidate.loss < best.loss
  }

  private func checkpoint() throws {
    try synchronize()
    guard ElementwiseArithmetic.allFinite(model.parameters.values) else {
      throw diverged("a weight is no longer a finite number")
    }
    state.seconds = elapsedSeconds
    if !ranks.isFirst { return }
    try checkpoints.save(model, optimizer, state)
    observer?.checkpointSaved(step: state.step)
  }

  /// Whether all processes have the same weights at the same step.
  ///
  /// - Throws: `StageError` (`internalBug`).
  private func checkAgreement() throws {
    if ranks.count == 1 { return }
    let weights = model.parameters.values.downloaded().values().reduce(UInt64(state.step)) { $0 &* 31 &+ UInt64($1.bitPattern) }
    guard ranks.agree(on: [weights]) else {
      throw StageError(
        .internalBug, "the processes of this training have different weights", where: "\(checkpoints.directory), step \(state.step)",
        why: "each computes the same sums from the same gathered numbers, so their libraries or a machine must differ",
        fix: "run the same command again with fewer RANKS: it continues from the last checkpoint; please report it")
    }
  }

  private var elapsedSeconds: Double { secondsBefore + ResourceUsage.monotonicSeconds - sittingStart }

  private func diverged(_ why: String) -> StageError {
    StageError(
      .badConfiguration, "training diverged in epoch \(state.epoch + 1), step \(state.step)", where: checkpoints.directory, why: why,
      fix: "lower the learning rate or lengthen the warm-up; the last good checkpoint is kept")
  }

  private func nothingTrained() -> StageError {
    StageError(
      .badConfiguration, "there is nothing to train", where: checkpoints.directory,
      why: "\(configuration.epochs) epochs of \(data.count(of: .train)) samples in batches of \(configuration.batchSize)",
      fix: "ask for at least one epoch and at most as many samples a batch as the training split has")
  }
}

extension SequenceInput {
  /// A batch's input as the model takes it: values stay where they lie.
  package init(_ input: Batch.Input) { self = input.map(Tensor.init, tokens: Integers.init) }
}

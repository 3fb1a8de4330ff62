import RunSupport
import SequenceModels
import TestSupport
import Testing
import Training
import Vocabulary

/// A classifier of blocks that trains in milliseconds.
enum SmallModel {
  static func configuration(layers: Int, dropout: Double = 0) -> BlocksSpecification {
    .small(.diagonal(.small(stateSize: 4, bidirectional: false)), pipeline: .script, layers: layers, dropout: dropout)
  }

  static func training(epochs: Int, batchSize: Int, probe: Probe? = nil) -> TrainingConfiguration {
    TrainingConfiguration(
      batchSize: batchSize, epochs: epochs,
      optimizer: OptimizerConfiguration(learningRate: 0.01, weightDecay: 0.1, decaysBiasesAndNorms: true),
      schedule: Schedule(kind: .constant), probe: probe)
  }
}

extension SmallModel {
  /// Trains in a folder, in one sitting, or in two where `stop` says behind how many steps the first one ends.
  ///
  /// - Parameter makeTrainer: makes a trainer and its model anew, as a new process would.
  static func train(
    stop: Int?, in folder: String, _ makeTrainer: () throws -> (Trainer, SequenceClassifier)
  ) throws -> (model: SequenceClassifier, state: TrainingState) {
    try AtomicFile.makeDirectory(folder)
    if let stop { try makeTrainer().0.run(interruptedAfter: stop) }
    let (trainer, model) = try makeTrainer()
    _ = try trainer.resume()
    #expect(trainer.state.step == stop ?? 0)
    return (model, try trainer.run())
  }
}

extension Trainer {
  /// Runs until it is interrupted behind so many steps, which must happen.
  func run(interruptedAfter stop: Int) {
    var steps = 0
    interruption = {
      steps += 1
      return steps == stop ? StageError(.retryLater, "stop", where: "", why: "", fix: "") : nil
    }
    #expect(throws: StageError.self) { try self.run() }
  }
}

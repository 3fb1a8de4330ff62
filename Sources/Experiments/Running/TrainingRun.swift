import Datasets
import Foundation
import RunSupport
import SequenceModels
import Training

/// One run from its resolved configuration to its summary.
package struct TrainingRun {
  private let inputs: RunInputs
  private let seed: UInt64
  private let directory: RunDirectory

  package init(_ inputs: RunInputs, seed: UInt64, output: String) {
    self.inputs = inputs
    self.seed = seed
    directory = RunDirectory(path: output)
  }

  /// Trains, or continues, and writes every file of the run; the summary comes last. A finished run is returned as it is.
  ///
  /// - Parameters:
  ///   - interruption: asked after every step; a non-nil answer ends the run with that error, after a checkpoint.
  ///   - forcesResume: continue a checkpoint of another numeric fingerprint.
  /// - Throws: `StageError`: `retryLater` while another process trains this run, and whatever `RunInputs` and `Trainer` throw.
  package func train(interruption: @escaping () -> StageError?, forcesResume: Bool = false) throws -> RunSummary {
    let lock = try directory.lock()
    defer { withExtendedLifetime(lock) {} }
    let moved = try directory.prepare(
      configuration: try JSONText.encode(inputs.configuration), seed: seed, dataCards: [inputs.card])
    if let finished = try? JSONText.decode(RunSummary.self, fromFile: directory.summary, madeBy: "the training again") {
      // Its inputs have not changed, only their time stamps may have.
      try AtomicFile.write(try JSONText.encode(finished), to: directory.summary)
      return finished
    }
    let observer = try RunObserver(directory: directory, epochCount: inputs.configuration.training.epochs)
    if let moved { observer.say("configuration, seed or data have changed; the earlier run is now in \(moved)") }
    do {
      let summary = try train(observer: observer, interruption: interruption, forcesResume: forcesResume)
      observer.end("finished")
      return summary
    } catch {
      observer.end("\(error)")
      throw error
    }
  }

  private func train(
    observer: RunObserver, interruption: @escaping () -> StageError?, forcesResume: Bool
  ) throws -> RunSummary {
    let process = try RunningProcess()
    let model = try inputs.makeModel(seed: seed)
    observer.begin(inputs.configuration, seed: seed, parameterCount: model.parameterCount())
    let trainer = Trainer(
      model: model, data: inputs.data, configuration: inputs.configuration.training, seed: seed,
      checkpoints: CheckpointStore(directory: directory.checkpoints, fingerprint: process.fingerprint), observer: observer)
    trainer.interruption = interruption
    let isForced = try trainer.resume(force: forcesResume)
    var provenance = try earlierProvenance()
    provenance.begin(process, firstStep: trainer.state.step, forced: isForced)
    try AtomicFile.write(try JSONText.encode(provenance), to: directory.provenance)

    let state = try trainer.run()
    let test = try Evaluator(model: model, data: inputs.data, batchSize: inputs.configuration.training.batchSize).evaluate(.test)
    try AtomicFile.write(EpochMetrics.csv(state.history), to: directory.metrics)
    try AtomicFile.write(
      KernelReport.csv(
        initial: try inputs.makeModel(seed: seed), trained: model, sequenceLength: inputs.data.card.sequenceLength),
      to: directory.kernels)
    provenance.finish(wallSeconds: state.seconds)
    try AtomicFile.write(try JSONText.encode(provenance), to: directory.provenance)
    let summary = try summarize(state, test: test, parameterCount: model.parameterCount(), process: process)
    try AtomicFile.write(try JSONText.encode(summary), to: directory.summary)
    return summary
  }

  /// What earlier sittings wrote; a new page where there is none or it cannot be read.
  private func earlierProvenance() throws -> Provenance {
    (try? JSONText.decode(Provenance.self, fromFile: directory.provenance, madeBy: "the training again"))
      ?? Provenance(dataCards: [inputs.card], unofficialData: inputs.data.card.unofficial)
  }

  private func summarize(
    _ state: TrainingState, test: MetricSums, parameterCount: Int, process: RunningProcess
  ) throws -> RunSummary {
    guard let best = state.best, test.loss.isFinite else {
      throw StageError(
        .badConfiguration, "the trained model gives no finite test loss", where: directory.path,
        why: "the loss over \(test.sampleCount) samples is \(test.loss)", fix: "lower the learning rate and train again")
    }
    let (configuration, data) = (inputs.configuration, inputs.data)
    return RunSummary(
      experiment: configuration.id, preset: configuration.preset, seed: seed, metric: "accuracy",
      value: test.accuracy, testLoss: test.loss, testCount: test.sampleCount, bestEpoch: best.epoch,
      validationValue: best.validation.accuracy, validationLoss: best.validation.loss, epochs: state.epoch, steps: state.step,
      parameterCount: parameterCount, chance: data.majorityRate(of: .test), wallSeconds: state.seconds,
      peakMemoryMB: ResourceUsage.peakMemoryMB, unofficialData: data.card.unofficial, standIn: data.card.standIn,
      revision: process.code.revision, dirty: process.code.isDirty, dataCards: [inputs.card], fingerprint: process.fingerprint)
  }
}

import Foundation
import RunSupport
import Training

/// Shows a run's progress on standard error, logs its events and keeps `metrics.csv` up to date.
package final class RunObserver: TrainingObserver {
  private struct Event: Encodable {
    var event: String
    var time = ISO8601DateFormatter().string(from: Date())
    var epoch: Int?
    var step: Int?
    var loss: Double?
    var validationAccuracy: Double?
    var message: String?
  }

  private let directory: RunDirectory
  private let epochCount: Int
  private let log: EventLog
  private var history: [EpochMetrics] = []
  private var progress: ProgressReporter?
  /// Whether writing metrics or log failed; training goes on, one warning is enough.
  private var hasFailed = false

  init(directory: RunDirectory, epochCount: Int) throws {
    self.directory = directory
    self.epochCount = epochCount
    log = try EventLog(path: directory.log)
  }

  func begin(_ configuration: ExperimentConfiguration, seed: UInt64, parameterCount: Int) {
    say("\(configuration.id), preset \(configuration.preset.rawValue), seed \(seed): \(parameterCount) parameters")
    record(Event(event: "begin"))
  }

  package func trainingResumed(_ state: TrainingState) {
    history = state.history
    say("continuing after epoch \(state.epoch), batch \(state.batchesDone)")
    record(Event(event: "resumed", epoch: state.epoch, step: state.step))
  }

  package func stepFinished(epoch: Int, batch: Int, batchCount: Int, loss: Double) {
    if progress == nil { progress = ProgressReporter("epoch \(epoch) of \(epochCount)", total: batchCount, unit: "steps") }
    progress?.update(batch, note: String(format: "loss %.4f", loss))
  }

  package func epochFinished(_ metrics: EpochMetrics, isBest: Bool) {
    progress?.finish(
      note: String(
        format: "train %.4f / %.2f %%, validation %.4f / %.2f %%%@", metrics.train.loss, 100 * metrics.train.accuracy,
        metrics.validation.loss, 100 * metrics.validation.accuracy, isBest ? " (best)" : ""))
    progress = nil
    history.append(metrics)
    record(
      Event(
        event: "epoch", epoch: metrics.epoch, step: metrics.step, loss: metrics.train.loss,
        validationAccuracy: metrics.validation.accuracy))
    warning { try AtomicFile.write(EpochMetrics.csv(history), to: directory.metrics) }
  }

  package func checkpointSaved(step: Int) { record(Event(event: "checkpoint", step: step)) }

  /// Logs how the run ended.
  func end(_ message: String) {
    progress?.finish()
    progress = nil
    record(Event(event: "end", message: message))
  }

  private func record(_ event: Event) { warning { try log.append(event) } }

  func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

  private func warning(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      if !hasFailed { say("warning: metrics or log of the run are incomplete: \(error)") }
      hasFailed = true
    }
  }
}

import Catalogue
import Foundation
import RunSupport
import Training
import Vocabulary

/// Shows a run's progress on standard error, in lines that begin with the run's name, logs its events and keeps `metrics.csv` up to date.
package final class RunObserver: TrainingObserver {
  private struct Event: Encodable {
    var event: String
    var time = ISO8601DateFormatter().string(from: Date())
    var epoch: Int?
    var step: Int?
    var loss: Double?
    var validationAccuracy: Double?
    var validationLoss: Double?
    var message: String?
  }

  private let run: String
  private let directory: RunDirectory
  private let epochCount: Int
  private let metric: Metric
  private let log: EventLog
  private var history: [EpochMetrics] = []
  private var progress: ProgressReporter?
  /// Whether writing metrics or log failed; training goes on, one warning is enough.
  private var hasFailed = false

  /// - Parameter run: its name in lines for a person.
  init(_ run: String, directory: RunDirectory, epochCount: Int, metric: Metric) throws {
    self.run = run
    self.directory = directory
    self.epochCount = epochCount
    self.metric = metric
    log = try EventLog(path: directory.log)
  }

  func begin(_ preset: Preset, parameterCount: Int) {
    say("preset \(preset.rawValue), \(parameterCount) parameters")
    record(Event(event: "begin"))
  }

  package func trainingResumed(_ state: TrainingState) {
    history = state.history
    say("continuing after epoch \(state.epoch), batch \(state.batchesDone)")
    record(Event(event: "resumed", epoch: state.epoch, step: state.step))
  }

  package func checkpointPassedOver(_ name: String, why: String) {
    say("warning: checkpoint \(name) is damaged and not used: \(why)")
    record(Event(event: "damaged checkpoint", message: "\(name): \(why)"))
  }

  package func stepFinished(epoch: Int, batch: Int, batchCount: Int, loss: Double) {
    if progress == nil { progress = ProgressReporter("\(run): epoch \(epoch) of \(epochCount)", total: batchCount, unit: "steps") }
    progress?.update(batch, note: String(format: "loss %.4f", loss))
  }

  package func epochFinished(_ metrics: EpochMetrics, isBest: Bool) {
    progress?.finish(
      note: String(
        format: "train %.4f / %@, validation %.4f / %@%@", metrics.train.loss, metric.text(metrics.train), metrics.validation.loss,
        metric.text(metrics.validation), isBest ? " (best)" : ""))
    progress = nil
    history.append(metrics)
    record(
      Event(
        event: "epoch", epoch: metrics.epoch, step: metrics.step, loss: metrics.train.loss,
        validationAccuracy: metric == .accuracy ? metrics.validation.accuracy : nil,
        validationLoss: metric == .accuracy ? nil : metrics.validation.loss))
    warning { try directory.write(history, metric: metric) }
  }

  package func checkpointSaved(step: Int) { record(Event(event: "checkpoint", step: step)) }

  /// Logs how the run ended.
  func end(_ message: String) {
    progress?.finish()
    progress = nil
    record(Event(event: "end", message: message))
  }

  private func record(_ event: Event) { warning { try log.append(event) } }

  /// Writes a line for a person.
  func say(_ text: String) { Messages.line("\(run): \(text)") }

  private func warning(_ body: () throws -> Void) {
    do {
      try body()
    } catch {
      if !hasFailed { say("warning: metrics or log of the run are incomplete: \(error)") }
      hasFailed = true
    }
  }
}

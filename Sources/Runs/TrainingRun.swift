import Datasets
import Foundation
import MessagePassing
import RunSupport
import SequenceModels
import Training

/// One run from its resolved configuration to its summary.
package struct TrainingRun {
  let inputs: RunInputs
  let seed: UInt64
  private let claimRules: [String: String]
  let directory: RunDirectory
  private let lease: Lease?
  let computing: ComputingDevice?
  let ranks: Ranks

  /// - Parameters:
  ///   - claimRules: SHA-256 of the rule of each claim that the run helps to decide, by the claim's id.
  ///   - lease: that of the output, if the caller has it already.
  ///   - computing: the device that trains; nil is our own engine.
  ///   - ranks: the processes that share the run; the first of them calls `train`, others call `assist`.
  package init(
    _ inputs: RunInputs, seed: UInt64, claimRules: [String: String] = [:], output: String, lease: Lease? = nil,
    on computing: ComputingDevice? = nil, among ranks: Ranks = .alone
  ) {
    self.inputs = inputs
    self.lease = lease
    self.computing = computing
    self.ranks = ranks
    self.seed = seed
    self.claimRules = claimRules
    directory = RunDirectory(path: output)
  }

  /// Trains, or continues, and writes every file of the run; the summary comes last. A finished run is returned as it is.
  ///
  /// - Parameters:
  ///   - interruption: asked after every step; a non-nil answer ends the run with that error, after a checkpoint.
  ///   - forcesResume: continue a checkpoint of another numeric fingerprint.
  ///   - startsAgain: move a finished run aside and train it again.
  /// - Throws: `StageError`: `retryLater` while another process trains this run, and whatever `RunInputs` and `Trainer` throw.
  package func train(interruption: @escaping () -> StageError?, forcesResume: Bool = false, startsAgain: Bool = false) throws -> RunSummary
  {
    let lease = try self.lease ?? directory.lease()
    let guarding = FolderGuard(of: directory.path) { try lease.check() }
    defer { withExtendedLifetime(guarding) {} }
    let moved = try directory.prepare(
      configuration: try JSONText.encode(inputs.configuration), seed: seed, dataCards: [inputs.card], movesFinished: startsAgain)
    var damage: StageError?
    do {
      if let finished = try finishedSummary() {
        try checkDevice(of: finished)
        _ = ranks.told(false)
        return finished
      }
    } catch let error as StageError where error.code == .badData {
      damage = error
    }
    let observer = try RunObserver(
      RunSummary.name(inputs.configuration.id, seed: seed), directory: directory, epochCount: inputs.configuration.training.epochs,
      metric: inputs.metric)
    if let moved {
      observer.say("\(startsAgain ? "trained again" : "configuration, seed or data have changed"); the earlier run is now in \(moved)")
    }
    if let damage { observer.say("\(damage.what): \(damage.why); the run is finished again") }
    do {
      let summary = try train(observer: observer, interruption: { lease.loss() ?? interruption() }, forcesResume: forcesResume)
      observer.end("finished")
      return summary
    } catch {
      let reason = Self.reason(of: error, lease)
      observer.end("\(reason)")
      throw reason
    }
  }

  /// Whoever has taken the run over may have moved what this process was about to read or write.
  private static func reason(of error: any Error, _ lease: Lease) -> any Error {
    do {
      try lease.check()
    } catch let loss as StageError where loss.code == .retryLater {
      return loss
    } catch {}
    return error
  }

  /// The summary of a run that is finished; nil if it is not.
  ///
  /// - Throws: `StageError` (`badData`) if it cannot be read, or if it or another file is not what the run wrote.
  private func finishedSummary() throws -> RunSummary? {
    guard FileManager.default.fileExists(atPath: directory.summary) else { return nil }
    let summary = try RunSummary(inFolder: directory.path)
    try summary.checkFiles(in: directory.path)
    // Its inputs have not changed, only their time stamps may have.
    try AtomicFile.write(try InputFile.data(directory.summary, fix: "run make run"), to: directory.summary)
    return summary
  }

  /// A finished run is the result of one device and stays so until it is trained again.
  private func checkDevice(of finished: RunSummary) throws {
    let wanted = computing?.description.line
    guard finished.device != wanted else { return }
    throw StageError(
      .badConfiguration, "the run is finished, on another device", where: directory.path,
      why: "it was trained on \(RunSummary.words(device: finished.device)), and \(RunSummary.words(device: wanted)) is asked for",
      fix: "ask for that device, or train it again with AGAIN=1 (--again); the finished run is then moved aside")
  }

  private func train(
    observer: RunObserver, interruption: @escaping () -> StageError?, forcesResume: Bool
  ) throws -> RunSummary {
    let memory = try inputs.reserveMemory(
      for: computing == nil ? .training : .evaluation, name: RunSummary.name(inputs.configuration.id, seed: seed), among: ranks,
      interruption: interruption, report: observer.say)
    defer { withExtendedLifetime(memory) {} }
    let process = try RunningProcess(device: computing?.description)
    let model = try inputs.makeModel(seed: seed, isReserved: memory != nil)
    observer.begin(inputs.configuration.preset, parameterCount: model.parameterCount(through: probe))
    _ = ranks.told(true)
    let trainer = try trainer(of: model, process, interruption: interruption, observer: observer)
    trainer.notes = reports.lazy.compactMap { $0.notes(of: model) }.first
    let isForced = try trainer.resume(force: forcesResume)
    var provenance = try earlierProvenance(observer: observer)
    provenance.begin(process, firstStep: trainer.state.step, forced: isForced, ranks: ranks.count, claimRules: claimRules)
    try AtomicFile.write(try JSONText.encode(provenance), to: directory.provenance)

    let state = try trainer.run()
    let tested = try test(model)
    try directory.write(state.history, metric: inputs.metric)
    let reported = try report(model, history: state.history, observer: observer)
    provenance.finish(wallSeconds: state.seconds)
    try AtomicFile.write(try JSONText.encode(provenance), to: directory.provenance)
    var summary = try summarize(
      state, tested, parameterCount: model.parameterCount(through: probe), process: process, claimRules: provenance.claimRules)
    let names = directory.names(metric: inputs.metric) + reported + [state.best.map { "checkpoints/\($0.weights)" }].compactMap { $0 }
    summary.files = try RunSummary.hashes(of: names, in: directory)
    try AtomicFile.write(try summary.text(), to: directory.summary)
    return summary
  }

  private var reports: [any RunReport] { inputs.configuration.model.traits.reports.map(\.report) }

  /// Writes how training changed the model, and returns the names of the files.
  private func report(_ model: any SequenceModel, history: [EpochMetrics], observer: RunObserver) throws -> [String] {
    let run = ReportedRun(
      inputs: inputs, initial: try inputs.makeModel(seed: seed, isReserved: true), trained: model, history: history, computing: computing)
    return try reports.flatMap { report in
      try tables(of: report, run, observer: observer).map { table in
        try AtomicFile.write(table.text, to: directory.file(table.file))
        return table.file
      }
    }
  }

  private func tables(of report: any RunReport, _ run: ReportedRun, observer: RunObserver) throws -> [ReportTable] {
    do {
      return try report.tables(run)
    } catch {
      guard let warning = report.warning else { throw error }
      observer.say("warning: \(warning): \(error)")
      return []
    }
  }

  private var probe: Probe { inputs.probe }

  struct Tested {
    var sums: MetricSums
    var probes: [RunSummary.ProbeResult]?
  }

  /// The trained model on the test split, and again through each probe.
  @discardableResult
  func test(_ model: any SequenceModel) throws -> Tested {
    let (batchSize, probes) = (inputs.configuration.training.batchSize, inputs.configuration.training.probes)
    let answers = computing.answers(of: model, among: ranks)
    let sums = try Evaluator(answers: answers, data: inputs.data, batchSize: batchSize, probe: probe, metric: inputs.metric).evaluate(.test)
    let results = try probes?.map { look in
      let data = try inputs.data(for: look)
      let sums = try Evaluator(
        answers: answers, data: data, batchSize: batchSize, probe: look.probe(after: probe), metric: inputs.metric
      ).evaluate(.test)
      return RunSummary.ProbeResult(
        name: look.name, value: inputs.metric.value(sums), loss: sums.loss,
        inputLoss: look.stripes == nil ? nil : try Evaluator.lossOfInput(data, .test, batchSize: batchSize),
        errorVariance: sums.errorVariance)
    }
    return Tested(sums: sums, probes: results)
  }

  /// What earlier sittings wrote; a new page where there is none. A damaged one is moved aside.
  private func earlierProvenance(observer: RunObserver) throws -> Provenance {
    do {
      return try JSONText.decode(Provenance.self, fromFile: directory.provenance, madeBy: "the training again")
    } catch let error as StageError where error.code == .badData {
      let moved = try RunDirectory.moveAside(directory.provenance)
      observer.say("warning: what earlier sittings noted cannot be read and is now in \(moved): \(error.why)")
    } catch let error as StageError where error.code == .missingInput {}
    return Provenance(dataCards: [inputs.card], unofficialData: inputs.isUnofficial)
  }

  private func summarize(
    _ state: TrainingState, _ tested: Tested, parameterCount: Int, process: RunningProcess, claimRules: [String: String]
  ) throws -> RunSummary {
    let test = tested.sums
    guard let best = state.best, test.loss.isFinite else {
      throw StageError(
        .badConfiguration, "the trained model gives no finite test loss", where: directory.path,
        why: "the loss over \(test.sampleCount) samples is \(test.loss)", fix: "lower the learning rate and train again")
    }
    let (configuration, metric) = (inputs.configuration, inputs.metric)
    return RunSummary(
      experiment: configuration.id, preset: configuration.preset, seed: seed, metric: metric,
      value: metric.value(test), testLoss: test.loss, testCount: test.sampleCount, bestEpoch: best.epoch,
      validationValue: metric.value(best.validation), validationLoss: best.validation.loss, epochs: state.epoch, steps: state.step,
      parameterCount: parameterCount, chance: Baseline.value(metric, data: inputs.data), wallSeconds: state.seconds,
      peakMemoryMB: ResourceUsage.peakMemoryMB, unofficialData: inputs.isUnofficial, standIn: false,
      revision: process.code.revision, dirty: process.code.isDirty, dataCards: [inputs.card], fingerprint: process.fingerprint,
      device: process.device?.line,
      probes: tested.probes, outputErrors: metric == .meanAbsoluteError ? test.means(.absoluteErrors) : nil,
      errorVariance: test.errorVariance, outputErrorVariances: test.outputErrorVariances, claimRules: claimRules.isEmpty ? nil : claimRules)
  }
}

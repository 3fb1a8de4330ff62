import Foundation
import MessagePassing
import Operations
import RunSupport
import SequenceModels
import Training

extension TrainingRun {
  /// What a process does that is not the first of those that share the run: the same steps and evaluations, and it writes nothing.
  ///
  /// - Throws: as `train`.
  package func assist(interruption: @escaping () -> StageError?, forcesResume: Bool = false) throws {
    guard ranks.told(true) else { return }
    let process = try RunningProcess(device: computing?.description)
    let model = try inputs.makeModel(seed: seed, isReserved: true)
    let trainer = try trainer(of: model, process, interruption: interruption, observer: nil)
    _ = try trainer.resume(force: forcesResume)
    _ = try trainer.run()
    try test(model)
  }

  /// - Throws: `StageError` (`badConfiguration`) if the processes that share the run cannot have the same bits.
  func trainer(
    of model: any SequenceModel, _ process: RunningProcess, interruption: @escaping () -> StageError?, observer: RunObserver?
  ) throws -> Trainer {
    try checkRanks(process)
    let trainer = Trainer(
      model: model, data: inputs.data, configuration: inputs.configuration.training, seed: seed,
      checkpoints: CheckpointStore(directory: directory.checkpoints, fingerprint: process.fingerprint), metric: inputs.metric,
      on: computing, among: ranks, observer: observer)
    trainer.interruption = interruption
    trainer.watchesTest = inputs.metric == .meanAbsoluteError
    return trainer
  }

  private func checkRanks(_ process: RunningProcess) throws {
    if ranks.count == 1 { return }
    guard ranks.agree(on: Array(process.fingerprint.utf8)) else {
      throw StageError(
        .badConfiguration, "the processes that share this run would compute other bits", where: directory.path,
        why: "their processors, libraries or executables differ: this one is on \(process.processor)",
        fix: "start them on machines of one type, with the same build")
    }
  }
}

extension Ranks {
  /// Whether these processes can share such a run.
  ///
  /// - Throws: `StageError` (`badConfiguration`).
  package func check(_ configuration: TrainingConfiguration, usesDevice: Bool, of experiment: String) throws {
    if count == 1 { return }
    let shards = configuration.shards ?? 1
    let why: String
    if usesDevice {
      why = "a device trains it alone"
    } else if configuration.shards == nil {
      why = "its batches are not cut into shards, so sums over several processes would have other bits"
    } else if shards % count != 0 {
      why = "its batches are cut into \(shards) shards, which \(count) processes cannot share evenly"
    } else {
      return
    }
    throw StageError(
      .badConfiguration, "\(count) processes cannot share this run", where: experiment, why: why,
      fix: configuration.shards == nil || usesDevice
        ? "leave out RANKS (--ranks); independent runs can go on beside each other" : "use as many as divide \(shards)")
  }
}

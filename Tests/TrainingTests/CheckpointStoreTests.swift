import Foundation
import RunSupport
import SequenceModels
import TestSupport
import Testing
import Training

@Suite(.temporaryFolder) struct CheckpointStoreTests {
  private func makeModel() throws -> SequenceClassifier {
    try SequenceClassifier(
      .small(.diagonal(.small(stateSize: 4, bidirectional: false)), pipeline: .script, layers: 1, normalization: .batch),
      input: InputDescription(kind: .values(channels: 1), outputCount: 2), seed: 1)
  }

  private let configuration = OptimizerConfiguration(learningRate: 0.01, weightDecay: 0, decaysBiasesAndNorms: false)

  /// Saves the states of some epochs and returns the names in the folder.
  private func save(from first: Int = 1, epochs: Int, in folder: String, fingerprint: String = "a") throws -> [String] {
    let store = CheckpointStore(directory: folder, fingerprint: fingerprint)
    let model = try makeModel()
    let optimizer = Optimizer(model, configuration: configuration)
    var state = TrainingState(seed: 1)
    for epoch in first...epochs {
      state.epoch = epoch
      state.step = 10 * epoch
      model.parameters[0].value.fill(Float(epoch))
      state.best = TrainingState.Best(epoch: epoch, validation: MetricSums(), weights: try store.saveBest(model, epoch: epoch))
      try store.save(model, optimizer, state)
    }
    return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  private func restore(_ folder: String, fingerprint: String = "a", lastEpoch: Int = 99, force: Bool = false) throws
    -> (restored: CheckpointStore.Restored?, model: SequenceClassifier, damaged: [String])
  {
    let model = try makeModel()
    let optimizer = Optimizer(model, configuration: configuration)
    let store = CheckpointStore(directory: folder, fingerprint: fingerprint)
    var damaged: [String] = []
    let restored = try store.restoreNewest(into: model, optimizer, lastEpoch: lastEpoch, force: force) { damaged.append("\($0): \($1)") }
    return (restored, model, damaged)
  }

  @Test("the newest of the two kept checkpoints is restored")
  func newest() throws {
    let names = try save(epochs: 3, in: folder)
    #expect(
      names == [
        "best-epoch-0002.safetensors", "best-epoch-0003.safetensors", "epoch-0002-batch-000000", "epoch-0003-batch-000000",
      ])
    let (restored, model, damaged) = try restore(folder)
    #expect(damaged.isEmpty)
    #expect(restored?.state.epoch == 3)
    #expect(restored?.fingerprintAgrees == true)
    #expect(model.parameters[0].value.values().allSatisfy { $0 == 3 })
  }

  @Test("the newest is the one with the highest number, not the last of the alphabet")
  func numbers() throws {
    let names = try save(from: 9998, epochs: 10_001, in: folder)
    #expect(names.filter { $0.hasPrefix("epoch-") } == ["epoch-10000-batch-000000", "epoch-10001-batch-000000"])
    #expect(try restore(folder, lastEpoch: 20_000).restored?.state.epoch == 10_001)
  }

  @Test("without a marker, or with another one, a checkpoint does not count and is removed")
  func incomplete() throws {
    _ = try save(epochs: 2, in: folder)
    try FileManager.default.removeItem(atPath: folder + "/epoch-0002-batch-000000/DONE")
    try AtomicFile.makeDirectory(folder + "/.epoch-0003-batch-000000.123.part")
    try AtomicFile.write("", to: folder + "/.best-epoch-0003.safetensors.123.part")
    let (restored, _, damaged) = try restore(folder)
    #expect(restored?.state.epoch == 1 && damaged == ["epoch-0002-batch-000000: DONE is missing"])
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names == ["best-epoch-0001.safetensors", "epoch-0001-batch-000000"], "no checkpoint names the weights of epoch 2 now")
  }

  @Test(
    "what is wrong with a damaged checkpoint is told",
    arguments: [
      ("model.safetensors", "not the file that DONE names"), ("optimizer.safetensors", "not the file"), ("state.json", "not the file"),
      ("DONE", "model.safetensors is not the file"), ("../best-epoch-0002.safetensors", "best-epoch-0002.safetensors is not the file"),
    ])
  func damaged(file: String, why: String) throws {
    _ = try save(epochs: 2, in: folder)
    try AtomicFile.write("other", to: "\(folder)/epoch-0002-batch-000000/\(file)")
    let (restored, _, damaged) = try restore(folder)
    #expect(restored?.state.epoch == 1)
    #expect(damaged.count == 1 && damaged[0].hasPrefix("epoch-0002-batch-000000: ") && damaged[0].contains(why), "\(damaged)")
  }

  @Test("a checkpoint of which a file cannot be read now is not given up")
  func unreadable() throws {
    _ = try save(epochs: 2, in: folder)
    let (file, aside) = (folder + "/epoch-0002-batch-000000/model.safetensors", folder + "/aside")
    try FileManager.default.moveItem(atPath: file, toPath: aside)
    try AtomicFile.makeDirectory(file)  // opens, and does not read, as on a broken disk
    #expect(stageError { _ = try restore(folder) }?.code == .inputOutput)
    try FileManager.default.removeItem(atPath: file)
    try FileManager.default.moveItem(atPath: aside, toPath: file)
    #expect(try restore(folder).restored?.state.epoch == 2)
  }

  @Test("a third checkpoint, which a process left that was killed behind the last one, goes when training comes back")
  func third() throws {
    _ = try save(epochs: 2, in: folder)
    try FileManager.default.createDirectory(atPath: folder + "/aside", withIntermediateDirectories: true)
    let oldest = ["epoch-0001-batch-000000", "best-epoch-0001.safetensors"]
    for name in oldest { try FileManager.default.copyItem(atPath: "\(folder)/\(name)", toPath: "\(folder)/aside/\(name)") }
    _ = try save(from: 3, epochs: 3, in: folder)
    for name in oldest { try FileManager.default.moveItem(atPath: "\(folder)/aside/\(name)", toPath: "\(folder)/\(name)") }
    #expect(try restore(folder).restored?.state.epoch == 3)
    #expect(!oldest.contains { FileManager.default.fileExists(atPath: "\(folder)/\($0)") })
  }

  @Test("another fingerprint is refused unless forced or only the last evaluation is left")
  func fingerprint() throws {
    _ = try save(epochs: 2, in: folder)
    #expect(stageError { _ = try restore(folder, fingerprint: "b") }?.code == .badConfiguration)
    #expect(try restore(folder, fingerprint: "b", force: true).restored?.fingerprintAgrees == false)
    #expect(try restore(folder, fingerprint: "b", lastEpoch: 2).restored?.state.epoch == 2)
  }

  @Test("an empty folder restores nothing")
  func empty() throws {
    let restored = try restore(folder).restored
    #expect(restored == nil)
  }
}

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
    -> (restored: CheckpointStore.Restored?, model: SequenceClassifier)
  {
    let model = try makeModel()
    let optimizer = Optimizer(model, configuration: configuration)
    let store = CheckpointStore(directory: folder, fingerprint: fingerprint)
    return (try store.restoreNewest(into: model, optimizer, lastEpoch: lastEpoch, force: force), model)
  }

  @Test("the newest of the two kept checkpoints is restored")
  func newest() throws {
    let names = try save(epochs: 3, in: folder)
    #expect(
      names == [
        "best-epoch-0002.safetensors", "best-epoch-0003.safetensors", "epoch-0002-batch-000000", "epoch-0003-batch-000000",
      ])
    let (restored, model) = try restore(folder)
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
    #expect(try restore(folder).restored?.state.epoch == 1)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names == ["best-epoch-0001.safetensors", "best-epoch-0002.safetensors", "epoch-0001-batch-000000"])
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

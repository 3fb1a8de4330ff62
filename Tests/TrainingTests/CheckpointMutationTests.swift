import Datasets
import Foundation
import Operations
import RunSupport
import SequenceModels
import TestSupport
import Testing
import Training

/// Damaged checkpoints in front of a training that goes on from them: each is passed over or refused, or training ends well, never more.
@Suite(.temporaryFolder) struct CheckpointMutationTests {
  private static let source = ListedSource(
    channels: 2, length: 6, inputs: (0..<10).map { Tensor.random([12], lane: UInt32($0)).values() },
    numbers: (0..<10).map { [Float($0 % 3), Float($0 % 4)] })
  private static let (before, newest) = ("epoch-0001-batch-000000", "epoch-0001-batch-000002")

  private var store: String { folder + "/checkpoints" }

  private func makeTrainer() throws -> Trainer {
    let model = try SequenceClassifier(
      SmallModel.configuration(layers: 1, dropout: 0.2), input: InputDescription(kind: .values(channels: 2), outputCount: 2), seed: 1)
    return Trainer(
      model: model, data: Self.source, configuration: SmallModel.training(epochs: 2, batchSize: 3), seed: 2,
      checkpoints: CheckpointStore(directory: store, fingerprint: "a"), metric: .meanAbsoluteError)
  }

  /// A training of two epochs of three batches that stopped one batch before its end.
  private func begin() throws {
    try AtomicFile.makeDirectory(store)
    try makeTrainer().run(interruptedAfter: 5)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: store).sorted() == ["best-epoch-0001.safetensors", Self.before, Self.newest])
    try FileManager.default.copyItem(atPath: store, toPath: folder + "/begun")
  }

  /// Puts a file into the newest checkpoint of the begun training; `DONE` agrees with it if `isMarked`.
  private func put(_ bytes: [UInt8], into name: String, isMarked: Bool) throws {
    try FileManager.default.removeItem(atPath: store)
    try FileManager.default.copyItem(atPath: folder + "/begun", toPath: store)
    let path = "\(store)/\(Self.newest)/\(name)"
    let old = try FileHash.hex(ofFile: path)
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    guard isMarked else { return }
    let marker = "\(store)/\(Self.newest)/DONE"
    let text = try String(contentsOfFile: marker, encoding: .utf8)
    try Data(text.replacing(old, with: FileHash.hex(of: Data(bytes))).utf8).write(to: URL(fileURLWithPath: marker))
  }

  private func original(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: "\(store)/\(Self.newest)/\(name)")))
  }

  @Test("state of a checkpoint") func state() throws {
    try begin()
    try Mutation.expectRefusals(48, of: try original("state.json"), rounds: 80, seed: 61) { bytes in
      try put(bytes, into: "state.json", isMarked: true)
      let trainer = try makeTrainer()
      _ = try trainer.resume()
      // Where it is no JSON, training goes on from the checkpoint before.
      let isRead = trainer.state.batchesDone != 0
      #expect(try trainer.run().step == 6)
      if !isRead { throw StageError(.badData, "passed over", where: "", why: "", fix: "") }
    }
  }

  @Test(
    "a state that this training cannot have is refused, and its checkpoint stays",
    arguments: [
      ("\"step\" : 5", "\"step\" : 9223372036854775807"), ("\"batchesDone\" : 2", "\"batchesDone\" : 4"),
      ("\"batchesDone\" : 2", "\"batchesDone\" : -1"), ("\"epoch\" : 1", "\"epoch\" : 3"), ("\"seed\" : 2", "\"seed\" : 3"),
      ("\"history\" : [", "\"history\" : [], \"earlier\" : ["), ("\"best\" : {", "\"first\" : {"),
      ("\"sampleCount\" : 6", "\"sampleCount\" : 9223372036854775807"),
    ])
  func impossibleState(old: String, new: String) throws {
    try begin()
    let text = String(decoding: try original("state.json"), as: UTF8.self)
    try #require(text.contains(old), "\(text)")
    try put(Array(text.replacing(old, with: new).utf8), into: "state.json", isMarked: true)
    let error = stageError { _ = try makeTrainer().resume() }
    #expect(error?.code == .badData && error?.what == "the checkpoint is none of this training", "\(String(describing: error))")
    #expect(error?.location == "\(store)/\(Self.newest)/state.json")
    try FileManager.default.removeItem(atPath: "\(store)/\(Self.newest)")
    let trainer = try makeTrainer()
    _ = try trainer.resume()
    #expect(trainer.state.step == 3, "the checkpoint before is still there")
  }

  @Test("arrays of a checkpoint", arguments: ["model", "optimizer"]) func arrays(name: String) throws {
    try begin()
    try Mutation.expectRefusals(40, of: try original("\(name).safetensors"), rounds: 50, cases: 2, seed: 62) { bytes in
      try put(bytes, into: "\(name).safetensors", isMarked: true)
      let trainer = try makeTrainer()
      _ = try trainer.resume()
      _ = try trainer.run()
    }
  }

  @Test("marker of a checkpoint") func marker() throws {
    try begin()
    try Mutation.expectRefusals(45, of: try original("DONE"), rounds: 50, seed: 63) { bytes in
      try put(bytes, into: "DONE", isMarked: false)
      let trainer = try makeTrainer()
      _ = try trainer.resume()
      guard trainer.state.batchesDone == 0 else { return }
      #expect(trainer.state.epoch == 1 && !FileManager.default.fileExists(atPath: "\(store)/\(Self.newest)"))
      throw StageError(.badData, "passed over", where: "", why: "", fix: "")
    }
  }
}

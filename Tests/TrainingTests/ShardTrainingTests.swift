import Operations
import RunSupport
import SequenceModels
import TestSupport
import Testing
import Training
import Vocabulary

/// Training with batches in shards, with batch norm and dropout.
@Suite(.temporaryFolder) struct ShardTrainingTests {
  private static let source = ListedSource(
    channels: 2, length: 6, inputs: (0..<18).map { Tensor.random([12], lane: UInt32($0)).values() }, labels: (0..<18).map { $0 % 3 })

  /// Two epochs of two batches; where `stop` is given, in two sittings.
  private func train(shards: Int?, stop: Int? = nil, in name: String) throws -> (
    weights: [Double], losses: [Double], validationLosses: [Double]
  ) {
    let folder = folder + "/" + name
    func trainer() throws -> (Trainer, SequenceClassifier) {
      let model = try SequenceClassifier(
        .small(
          .diagonal(.small(stateSize: 4, bidirectional: true)), pipeline: .lightning, normalization: .batch, dropout: 0.2),
        input: InputDescription(kind: .values(channels: 2), outputCount: 3), seed: 1)
      var configuration = SmallModel.training(epochs: 2, batchSize: 8)
      configuration.shards = shards
      return (
        Trainer(
          model: model, data: Self.source, configuration: configuration, seed: 2,
          checkpoints: CheckpointStore(directory: folder, fingerprint: "a")), model
      )
    }
    let (model, state) = try SmallModel.train(stop: stop, in: folder, trainer)
    return (
      (model.parameters.map(\.value) + model.buffers.map(\.value)).flatMap(\.doubles),
      state.history.flatMap { [$0.train.loss, $0.train.accuracy] }, state.history.map(\.validation.loss)
    )
  }

  @Test("with dropout and batch norm the losses of whole batches come out", arguments: [2, 4])
  func losses(shards: Int) throws {
    let whole = try train(shards: nil, in: "whole")
    let cut = try train(shards: shards, in: "cut")
    #expect(maxRelative(cut.losses, whole.losses) < 1e-7)
    // A norm takes away what a bias in front of it adds: its gradient is rounding alone, and AdamW makes steps of full size of it. The running
    // means of validation lag behind it.
    #expect(maxRelative(cut.validationLosses, whole.validationLosses) < 2e-3)
    #expect(cut.weights != whole.weights, "sums over shards round differently: were there any?")
  }

  @Test("stopped and resumed, the same bits come out", arguments: [1, 3])
  func resumed(stop: Int) throws {
    let whole = try train(shards: 4, in: "whole")
    let resumed = try train(shards: 4, stop: stop, in: "cut")
    #expect(whole.weights == resumed.weights && whole.losses == resumed.losses && whole.validationLosses == resumed.validationLosses)
  }

  @Test("a loss that is no number ends the training")
  func diverged() throws {
    let source = ListedSource(
      channels: 1, length: 2, inputs: (0..<8).map { $0 == 5 ? [.infinity, 0] : [1, 2] }, labels: (0..<8).map { $0 % 3 })
    let model = try SequenceClassifier(
      .small(.diagonal(.small(stateSize: 4, bidirectional: true)), normalization: .batch),
      input: InputDescription(kind: .values(channels: 1), outputCount: 3), seed: 1)
    var configuration = SmallModel.training(epochs: 1, batchSize: 8)
    configuration.shards = 2
    let trainer = Trainer(
      model: model, data: source, configuration: configuration, seed: 2,
      checkpoints: CheckpointStore(directory: folder, fingerprint: "a"))
    #expect(stageError { _ = try trainer.run() }?.code == .badConfiguration)
  }
}

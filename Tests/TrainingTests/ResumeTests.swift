import Datasets
import Operations
import RunSupport
import SequenceModels
import TestSupport
import Testing
import Training

/// Interrupted and resumed training, with samples that differ at each visit.
@Suite(.temporaryFolder) struct ResumeTests {
  /// Listed samples with the number of the visit added to every input of training.
  private struct VisitedSource: BatchSource {
    let listed: ListedSource
    var description: SampleDescription { listed.description }
    func count(of split: Split) -> Int { listed.count(of: split) }
    func target(_ positions: some Collection<Int>, of split: Split) -> Batch.Target { listed.target(positions, of: split) }

    func batch(_ positions: some Collection<Int>, of split: Split, visit: Visit) -> Batch {
      var moved = listed
      let change = Float(visit.epoch) + 0.25 * Float(visit.seed)
      moved.inputs = listed.inputs.map { $0.map { $0 + change } }
      return moved.batch(positions, of: split, visit: visit)
    }
  }

  private static let source = VisitedSource(
    listed: ListedSource(
      channels: 2, length: 6, inputs: (0..<10).map { Tensor.random([12], lane: UInt32($0)).values() },
      numbers: (0..<10).map { [Float($0 % 3), Float($0 % 4)] }))

  /// Trains three epochs of three batches, stopping once after `stop` steps and resuming in a new process' place.
  private func train(in folder: String, stop: Int?) throws -> (weights: [Float], state: TrainingState) {
    func trainer() throws -> (Trainer, SequenceClassifier) {
      let model = try SequenceClassifier(
        SmallModel.configuration(layers: 2, dropout: 0.2), input: InputDescription(kind: .values(channels: 2), outputCount: 2), seed: 1)
      let trainer = Trainer(
        model: model, data: Self.source, configuration: SmallModel.training(epochs: 3, batchSize: 3), seed: 2,
        checkpoints: CheckpointStore(directory: folder, fingerprint: "a"), metric: .meanAbsoluteError)
      trainer.notes = { model.parameters[0].value.values() }
      return (trainer, model)
    }
    let (model, state) = try SmallModel.train(stop: stop, in: folder, trainer)
    return (model.parameters.flatMap { $0.value.values() }, state)
  }

  @Test("stopped within an epoch or at its end, the same bits come out", arguments: [1, 2, 3, 5, 9])
  func sameBits(stop: Int) throws {
    let whole = try train(in: folder + "/whole", stop: nil)
    let resumed = try train(in: folder + "/cut", stop: stop)
    #expect(whole.weights == resumed.weights)
    #expect(whole.state.history.map(\.train) == resumed.state.history.map(\.train))
    #expect(whole.state.history.map(\.validation) == resumed.state.history.map(\.validation))
    #expect(whole.state.history.map(\.notes) == resumed.state.history.map(\.notes))
    #expect(Set(resumed.state.history.compactMap(\.notes)).count == 3, "three epochs, three notes that differ")
  }

  @Test("regression learns, and the best epoch is that of the lowest validation loss")
  func regression() throws {
    let state = try train(in: folder, stop: nil).state
    let losses = state.history.map(\.validation.loss)
    #expect(state.best?.validation.loss == losses.min())
    #expect(losses.min()! < losses[0])
    #expect(state.history.allSatisfy { $0.validation.means(.absoluteErrors).count == 2 && $0.validation.accuracy == 0 })
  }
}

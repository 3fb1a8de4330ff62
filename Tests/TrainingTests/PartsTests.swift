import Operations
import RunSupport
import SequenceModels
import TestSupport
import Testing
import Training

/// Training with batches in halves: the losses and weights of whole batches, up to rounding.
@Suite(.temporaryFolder) struct PartsTests {
  private static let inputs = (0..<10).map { Tensor.random([12], lane: UInt32($0)).values() }

  /// Trains two epochs of two batches; where `stop` is given, in two sittings.
  private func train(
    _ source: ListedSource, passLimit: Int, dropout: Double = 0, stop: Int? = nil, in folder: String
  ) throws -> (weights: [Double], losses: [Double]) {
    func trainer() throws -> (Trainer, SequenceClassifier) {
      let model = try SequenceClassifier(
        SmallModel.configuration(layers: 2, dropout: dropout),
        input: InputDescription(kind: .values(channels: 2), outputCount: source.labels.isEmpty ? 2 : 3), seed: 1)
      model.passLimit = passLimit
      return (
        Trainer(
          model: model, data: source, configuration: SmallModel.training(epochs: 2, batchSize: 4), seed: 2,
          checkpoints: CheckpointStore(directory: folder, fingerprint: "a")), model
      )
    }
    let (model, state) = try SmallModel.train(stop: stop, in: folder, trainer)
    return (model.parameters.flatMap { $0.value.doubles }, state.history.flatMap { [$0.train.loss, $0.train.accuracy] })
  }

  private static let numbers = ListedSource(
    channels: 2, length: 6, inputs: inputs, numbers: (0..<10).map { [Float($0 % 3), Float($0 % 4)] })
  private static let classes = ListedSource(channels: 2, length: 6, inputs: inputs, labels: (0..<10).map { $0 % 3 })

  @Test("of numbers and of classes", arguments: [true, false])
  func wholeAndHalves(classes: Bool) throws {
    let source = classes ? Self.classes : Self.numbers
    let whole = try train(source, passLimit: .max, in: folder + "/whole")
    let halves = try train(source, passLimit: 1, in: folder + "/halves")
    #expect(whole.weights != halves.weights, "a cut batch rounds differently: was it cut?")
    #expect(maxRelative(halves.weights, whole.weights) < 1e-4)
    #expect(maxRelative(halves.losses, whole.losses) < 1e-5)
  }

  @Test("stopped and resumed, with dropout, the same bits come out", arguments: [1, 3])
  func resumed(stop: Int) throws {
    let whole = try train(Self.classes, passLimit: 1, dropout: 0.2, in: folder + "/whole")
    let resumed = try train(Self.classes, passLimit: 1, dropout: 0.2, stop: stop, in: folder + "/cut")
    #expect(whole.weights == resumed.weights && whole.losses == resumed.losses)
  }
}

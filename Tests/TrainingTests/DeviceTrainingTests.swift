import Arrays
import Datasets
import Operations
import RunSupport
import SequenceModels
import TestSupport
import Testing
import Training
import Vocabulary

/// Training on a device beside training on the processor.
@Suite(.needsPlugin, .temporaryFolder) struct DeviceTrainingTests {
  private static let inputs = (0..<10).map { Tensor.random([12], lane: UInt32($0)).values() }
  private static let numbers = ListedSource(
    channels: 2, length: 6, inputs: inputs, numbers: (0..<10).map { [Float($0 % 3), Float($0 % 4)] })
  private static let classes = ListedSource(channels: 2, length: 6, inputs: inputs, labels: (0..<10).map { $0 % 3 })

  private func trainer(
    _ source: ListedSource, in folder: String, on engine: Engine, metric: Metric? = nil, configuration: BlocksSpecification? = nil
  ) throws -> (trainer: Trainer, model: SequenceClassifier) {
    let outputCount = if case .classes(let count) = source.description.target { count } else { 2 }
    let model = try SequenceClassifier(
      configuration ?? SmallModel.configuration(layers: 2, dropout: 0.2),
      input: InputDescription(kind: .values(channels: 2), outputCount: outputCount), seed: 1)
    return (try trainer(model, source, in: folder, on: engine, metric: metric), model)
  }

  private func trainer(
    _ model: any SequenceModel, _ source: any BatchSource, in folder: String, on engine: Engine, metric: Metric?
  ) throws -> Trainer {
    let computing = engine == .device ? try ComputingDevice(TestDevice.cpu(), precision: .full) : nil
    try AtomicFile.makeDirectory(folder)
    return Trainer(
      model: model, data: source, configuration: SmallModel.training(epochs: 3, batchSize: 3), seed: 2,
      checkpoints: CheckpointStore(directory: folder, fingerprint: "a"), metric: metric, on: computing)
  }

  /// Expects the same numbers of both trainings, up to rounding.
  private func expectAgreement(
    _ device: (trainer: Trainer, model: any SequenceModel), _ host: (trainer: Trainer, model: any SequenceModel)
  ) throws {
    let (expected, found) = (try host.trainer.run().history, try device.trainer.run().history)
    #expect(found.map(\.step) == expected.map(\.step))
    for (sums, reference) in zip(found.flatMap { [$0.train, $0.validation] }, expected.flatMap { [$0.train, $0.validation] }) {
      #expect(sums.sampleCount == reference.sampleCount && abs(sums.loss - reference.loss) < 1e-5 * reference.loss)
      for name in [MetricSums.Name.absoluteErrors, .squaredErrors] { #expect(maxRelative(sums.means(name), reference.means(name)) < 1e-5) }
      #expect(sums.accuracy == reference.accuracy)
    }
    for (parameter, reference) in zip(device.model.parameters, host.model.parameters) {
      #expect(maxRelative(parameter.value.doubles, reference.value.doubles) < 1e-4, "\(parameter.name)")
    }
  }

  @Test("losses, metrics and weights follow the processor's, also with batches of two sizes in evaluation", arguments: [true, false])
  func agrees(hasClasses: Bool) throws {
    let (source, metric) = hasClasses ? (Self.classes, nil) : (Self.numbers, Metric.meanAbsoluteError)
    let host = try trainer(source, in: folder + "/host", on: .host, metric: metric)
    let device = try trainer(source, in: folder + "/device", on: .device, metric: metric)
    try expectAgreement((device.trainer, device.model), (host.trainer, host.model))
  }

  @Test("so do those of a model of videos, and its squared errors") func videos() throws {
    let specification = ConvS5Specification(
      encoderWidths: [4, 4], modelWidth: 4, layerCount: 1, modeCount: 2, groupCount: 2, filterExponent: -4)
    func training(on engine: Engine) throws -> (trainer: Trainer, model: any SequenceModel) {
      let model = try ConvS5(specification, channels: 1, seed: 1)
      let videos = ListedVideos(count: 4, frameCount: 5, height: 4, width: 6)
      return (try trainer(model, videos, in: folder + "/\(engine)", on: engine, metric: nil), model)
    }
    try expectAgreement(try training(on: .device), try training(on: .host))
  }

  @Test("frames that such a model predicts, and makes one after the other, are those of the processor") func frames() throws {
    let specification = ConvS5Specification(
      encoderWidths: [4, 4], modelWidth: 4, layerCount: 2, modeCount: 2, groupCount: 2, filterExponent: 4)
    let model = try ConvS5(specification, channels: 1, seed: 1)
    let given = Tensor.random([2, 3, 1, 4, 6], lane: 1)
    let (host, device) = (ComputingDevice?.none, ComputingDevice?.some(try ComputingDevice(TestDevice.cpu(), precision: .full)))
    let expected = try [host.frames(of: model).next(after: given), host.frames(of: model).generate(after: given, count: 4)]
    let frames = device.frames(of: model)
    let found = try [frames.next(after: given), frames.generate(after: given, count: 4)]
    for (found, expected) in zip(found, expected) {
      let difference = maxRelative(found.doubles, expected.doubles)
      #expect(found.shape == expected.shape && difference < 5e-5, "\(difference)")
    }
    // A frame behind a single one: what was made before has left no trace.
    let one = given.steps(0..<1)
    #expect(
      maxRelative(try frames.generate(after: one, count: 1).doubles, try host.frames(of: model).generate(after: one, count: 1).doubles)
        < 2e-5)
  }

  @Test("stopped within an epoch or at its end and resumed, the same bits come out", arguments: [2, 3])
  func sameBits(stop: Int) throws {
    let (whole, wholeModel) = try trainer(Self.classes, in: folder + "/whole", on: .device)
    let state = try whole.run()
    try trainer(Self.classes, in: folder + "/cut", on: .device).trainer.run(interruptedAfter: stop)
    let (resumed, model) = try trainer(Self.classes, in: folder + "/cut", on: .device)
    _ = try resumed.resume()
    #expect(resumed.state.step == stop)
    let resumedState = try resumed.run()
    #expect(model.parameters.flatMap { $0.value.values() } == wholeModel.parameters.flatMap { $0.value.values() })
    #expect(resumedState.history.map(\.train) == state.history.map(\.train))
    #expect(resumedState.history.map(\.validation) == state.history.map(\.validation))
  }

  @Test("a loss that is no number ends the training") func diverged() throws {
    var source = Self.numbers
    source.inputs[4] = [Float](repeating: .nan, count: 12)
    let (trainer, _) = try trainer(source, in: folder, on: .device)
    #expect { try trainer.run() } throws: { "\($0)".contains("training diverged") }
  }
}

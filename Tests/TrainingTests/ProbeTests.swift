import Datasets
import Operations
import SequenceModels
import TestSupport
import Testing
import Training

/// Training and evaluation through probes.
@Suite(.temporaryFolder) struct ProbeTests {
  private static let source = ListedSource(
    channels: 2, length: 9, inputs: (0..<7).map { Tensor.random([18], lane: UInt32($0)).values() },
    labels: (0..<7).map { Int32($0 % 3) })

  private func model(layers: Int = 3) throws -> SequenceClassifier {
    try SequenceClassifier(
      SmallModel.configuration(layers: layers), input: InputDescription(kind: .values(channels: 2), outputCount: 3), seed: 1)
  }

  @Test("every r-th step of the whole samples is what samples of those steps give", arguments: [2, 3, 4, 10])
  func slicing(rate: Int) throws {
    let kept = Array(stride(from: 0, to: 9, by: rate))
    var sliced = Self.source
    sliced.length = kept.count
    sliced.inputs = Self.source.inputs.map { row in (0..<2).flatMap { channel in kept.map { row[channel * 9 + $0] } } }
    let model = try model()
    let found = try Evaluator(model: model, data: Self.source, batchSize: 3, probe: Probe(samplingRate: rate)).evaluate(.test)
    let batch = sliced.batch(Array(0..<7), of: .test, visit: .first)
    guard case .values(let input) = Self.source.keeping(every: rate).batch(Array(0..<7), of: .test, visit: .first).input,
      case .values(let expected) = batch.input
    else {
      Issue.record("no values")
      return
    }
    #expect(input.shape == expected.shape && input.values() == expected.values())
    #expect(Self.source.keeping(every: rate).description.sequenceLength == kept.count)
    // The same samples in a set of their own, through a model whose systems run faster: equal up to the rounding of other batch sizes.
    let output = model.output(of: SequenceInput(batch.input), lengths: nil, through: Probe(samplingRate: rate))
    let correct = (0..<7).filter { row in
      let logits = output.values()[3 * row..<3 * row + 3]
      return logits.firstIndex(of: logits.max()!)! - 3 * row == Int(Self.source.labels[row])
    }
    #expect(found.accuracy == Double(correct.count) / 7 && found.sampleCount == 7)
    let whole = try Evaluator(model: model, data: Self.source, batchSize: 3).evaluate(.test)
    #expect(found.loss != whole.loss)
  }

  @Test("a look at a trained model changes only what it names")
  func overriding() {
    let trained = Probe(samplingRate: 2, kernelLength: 8, layerCount: 3)
    let identity = Probe(systemLayerCount: 2)
    #expect(TestProbe(name: "a", kernelLength: 4).probe(after: identity) == Probe(kernelLength: 4, systemLayerCount: 2))
    #expect(TestProbe(name: "a").probe(after: trained) == trained)
    #expect(TestProbe(name: "a", samplingRate: 1).probe(after: trained) == Probe(kernelLength: 8, layerCount: 3))
    let look = TestProbe(name: "a", kernelLength: 4, layerCount: 1)
    #expect(look.probe(after: trained) == Probe(samplingRate: 2, kernelLength: 4, layerCount: 1))
  }

  @Test("a rate above the length keeps the first step, however large it is")
  func largeRate() {
    #expect(9.steps(keepingEvery: 9) == 1 && 9.steps(keepingEvery: .max) == 1 && 9.steps(keepingEvery: 4) == 3)
    let kept = Self.source.keeping(every: .max)
    guard case .values(let input) = kept.batch([0], of: .test, visit: .first).input else { return }
    #expect(input.shape == [1, 2, 1] && kept.description.sequenceLength == 1)
  }

  @Test("training through the first layer leaves the others as they are, decay included")
  func layers() throws {
    let (model, untrained) = (try model(), try model())
    let trainer = Trainer(
      model: model, data: Self.source, configuration: SmallModel.training(epochs: 2, batchSize: 3, probe: Probe(layerCount: 1)), seed: 1,
      checkpoints: CheckpointStore(directory: folder, fingerprint: "a"))
    _ = try trainer.run()
    for (parameter, before) in zip(model.parameters, untrained.parameters) {
      let isUnused = ["layers.1", "layers.2", "norms.1", "norms.2"].contains { parameter.name.contains($0) }
      #expect((parameter.value.values() == before.value.values()) == isUnused, "\(parameter.name)")
    }
  }

  @Test("a shorter kernel is another model, and the whole length the same one")
  func kernelLength() throws {
    let model = try model()
    func loss(_ length: Int?) throws -> Double {
      try Evaluator(model: model, data: Self.source, batchSize: 7, probe: Probe(kernelLength: length)).evaluate(.test).loss
    }
    #expect(try loss(2) != loss(nil))
    #expect(try loss(9) == loss(nil))
  }
}

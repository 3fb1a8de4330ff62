import Catalogue
import Datasets
import RunFixtures
import Runs
import RunSupport
import SequenceModels
import Testing
import Training
import Vocabulary

/// What a run refuses before it trains.
@Suite struct RunInputsTests {
  private func expectRefusal(_ why: String, _ body: () throws -> Void) {
    let error = #expect(throws: StageError.self) { try body() }
    #expect(error?.code == .badConfiguration && error?.why.contains(why) == true, "\(error?.why ?? "")")
    #expect(error?.what.isEmpty == false && error?.location.isEmpty == false && error?.remedy.isEmpty == false)
  }

  private let halfSpectra = ModelSpecification.blocks(SmallRun.blocks(SmallRun.hope(.halfSpectra)))

  @Test("half-spectra need an even number of steps, also through every probe")
  func evenLength() throws {
    let odd = "halfSpectra needs sequences of an even number of steps, and these have"
    expectRefusal("\(odd) 255") { _ = try SmallRun.inputs(halfSpectra, length: 255) }
    let inputs = try SmallRun.inputs(
      halfSpectra, length: 256, training: SmallRun.training(probes: [TestProbe(name: "half", samplingRate: 2)]))
    // 256 steps, each 6th: 43.
    expectRefusal("\(odd) 43") { try inputs.check(Probe(samplingRate: 6)) }
    expectRefusal("\(odd) 43") {
      _ = try SmallRun.inputs(halfSpectra, length: 256, training: SmallRun.training(probe: Probe(samplingRate: 6)))
    }
    let probes = [TestProbe(name: "a", layerCount: 1), TestProbe(name: "b", samplingRate: 6)]
    expectRefusal("\(odd) 43") { _ = try SmallRun.inputs(halfSpectra, length: 256, training: SmallRun.training(probes: probes)) }
  }

  @Test("with the reversal appended, and in other directions, odd lengths are possible")
  func oddLength() throws {
    let reversed = SmallRun.blocks(SmallRun.hope(.halfSpectra), appendsReversal: true)
    for model in [reversed, SmallRun.blocks(SmallRun.hope(.both)), SmallRun.blocks(SmallRun.hope(.halfSpectraOfCopy))] {
      let inputs = try SmallRun.inputs(.blocks(model), length: 255)
      try inputs.check(Probe(samplingRate: 6))
      let batch = inputs.data.batch([0, 1], of: .test, visit: .first)
      let output = try inputs.makeModel(seed: 1).output(of: SequenceInput(batch.input), lengths: nil)
      #expect(output.shape == [2, 4])
    }
  }

  @Test("a probe of the run is checked together with that of the training")
  func mergedProbe() throws {
    // 510 steps: each 2nd makes 255, an odd number.
    let trained = Probe(samplingRate: 2, layerCount: 1)
    expectRefusal("and these have 255") {
      _ = try SmallRun.inputs(halfSpectra, length: 510, training: SmallRun.training(probe: trained))
    }
    let probes = [TestProbe(name: "whole rate", samplingRate: 1), TestProbe(name: "half", layerCount: 2)]
    _ = try SmallRun.inputs(halfSpectra, length: 512, training: SmallRun.training(probe: trained, probes: probes))
  }

  @Test("a kernel on a circle cannot be cut")
  func circularKernel() throws {
    let model = ModelSpecification.blocks(SmallRun.blocks(SmallRun.hope(.forward)))
    let why = "a circle, which has no end to cut"
    expectRefusal(why) { try SmallRun.inputs(model, length: 64).check(Probe(kernelLength: 8)) }
    expectRefusal(why) { _ = try SmallRun.inputs(model, length: 64, training: SmallRun.training(probe: Probe(kernelLength: 8))) }
    expectRefusal(why) {
      _ = try SmallRun.inputs(model, length: 64, training: SmallRun.training(probes: [TestProbe(name: "a", kernelLength: 8)]))
    }
    try SmallRun.inputs(.blocks(SmallRun.blocks(SmallRun.diagonal(.minimal))), length: 64).check(Probe(kernelLength: 8))
  }

  @Test("values are not padded")
  func padding() throws {
    var training = SmallRun.training()
    training.paddingMultiple = 64
    expectRefusal("sequences of values have one length") {
      _ = try SmallRun.inputs(.blocks(SmallRun.blocks(SmallRun.diagonal(.minimal))), length: 64, training: training)
    }
  }

  @Test("the identity replaces one system a channel, of layers that the model has")
  func identitySystems() throws {
    let two = ModelSpecification.blocks(SmallRun.blocks(SmallRun.hope(.both)))
    expectRefusal("each channel has two systems") { try SmallRun.inputs(two, length: 64).check(Probe(systemLayerCount: 1)) }
    let one = try SmallRun.inputs(.blocks(SmallRun.blocks(SmallRun.hope(.forward))), length: 64)
    try one.check(Probe(systemLayerCount: 1))
    expectRefusal("the systems of 3 layers of a model that has 2") { try one.check(Probe(systemLayerCount: 3)) }
    expectRefusal("the systems of 2 layers of a model that has 1") { try one.check(Probe(layerCount: 1, systemLayerCount: 2)) }
  }

  @Test("a sampling rate is at most the number of steps", arguments: [65, Int.max])
  func samplingRate(rate: Int) throws {
    let inputs = try SmallRun.inputs(.blocks(SmallRun.blocks(SmallRun.diagonal(.minimal))), length: 64)
    try inputs.check(Probe(samplingRate: 64))
    expectRefusal("every \(rate)th step of sequences that have 64") { try inputs.check(Probe(samplingRate: rate)) }
  }

  @Test("the delay task has no more sequences than lanes of random numbers")
  func delayLanes() throws {
    let model = ModelSpecification.delay(
      DelayModelSpecification(initialization: .linear, modeCount: 4, timestep: 0.1, poleLearningRate: 0, timestepLearningRate: 0))
    // 8 sequences to evaluate, and 2³² − 1 lanes.
    _ = try SmallRun.inputs(model, length: 8, task: .delay, train: 42_949, training: SmallRun.training(epochs: 100_000))
    expectRefusal("4295000008 different sequences") {
      _ = try SmallRun.inputs(model, length: 8, task: .delay, train: 42_950, training: SmallRun.training(epochs: 100_000))
    }
  }
}

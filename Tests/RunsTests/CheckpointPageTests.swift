import Arrays
import Catalogue
import Foundation
import Operations
import RunFixtures
import Runs
import SequenceModels
import Testing
import TestSupport
import Training
import Vocabulary

/// A model whose weights are compared with the page.
struct CheckpointVariant: Sendable, CustomTestStringConvertible {
  var testDescription: String
  var model: ModelSpecification
  /// What the page calls its systems.
  var systems: String
  /// N, S, d, n and rows of the page.
  var sizes: [String: Int]

  private static func blocks(_ name: String, _ layer: LayerSpecification, _ systems: String, _ sizes: [String: Int]) -> CheckpointVariant {
    CheckpointVariant(testDescription: name, model: .blocks(SmallRun.blocks(layer)), systems: systems, sizes: sizes)
  }

  static let all: [CheckpointVariant] = [
    blocks("S4D minimal", SmallRun.diagonal(.minimal), "S4D, minimal", ["N": 3, "d": 2]),
    blocks("S4D full", SmallRun.diagonal(.full), "S4D, full", ["N": 3, "S": 2, "d": 2]),
    blocks("TFB", SmallRun.diagonal(.tuned), "TFB", ["N": 6, "S": 2, "d": 2]),
    blocks(
      "TFB with filter", SmallRun.diagonal(.tuned, filter: .init(weighting: .cyclesPerSample, exponent: 0.5, learningRate: 0.001)), "TFB",
      ["N": 6, "S": 2, "d": 2]),
    blocks("DFouT", SmallRun.dampedFourier(trainsInputWeights: true), "DFouT", ["N": 3, "d": 1]),
    blocks("DFouT with B = 1", SmallRun.dampedFourier(trainsInputWeights: false), "DFouT", ["N": 3, "d": 1]),
    blocks("HOPE forward", SmallRun.hope(.forward), "HOPE", ["n": 6, "rows": 4]),
    blocks("HOPE both", SmallRun.hope(.both), "HOPE", ["n": 6, "rows": 8]),
    CheckpointVariant(
      testDescription: "waves",
      model: .wavesRegressor(
        WavesRegressorSpecification(
          modelWidth: 4, modeCount: 3, frequencyScale: 1, filterExponent: 0, filterWeighting: .binsOver10000, decayLearningRate: 0.001,
          frequencyLearningRate: 0.001)), systems: "S4D, minimal", sizes: ["N": 3, "d": 1]),
    CheckpointVariant(
      testDescription: "delay",
      model: .delay(
        DelayModelSpecification(
          initialization: .linear, modeCount: 3, modelWidth: 4, timestep: 0.1, poleLearningRate: 0, timestepLearningRate: 0)),
      systems: "S4D, minimal", sizes: ["N": 3, "d": 1]),
    CheckpointVariant(
      testDescription: "denoiser",
      model: .denoiser(
        DenoiserSpecification(modeCount: 3, frequencyStep: 100, filterExponent: 0, filterWeighting: .binsOver10000)),
      systems: "S4D, minimal", sizes: ["N": 3, "d": 1, "H": 3, "channels": 3]),
  ]
}

@Suite(.temporaryFolder) struct CheckpointPageTests {
  /// Trains for a step, which changes values, writes the weights and opens them.
  private func weights(_ variant: CheckpointVariant, at path: String) throws -> SafetensorsFile {
    // A denoiser gives as many channels as it gets, the others one number.
    let channels = variant.model.kind == .denoiser ? 3 : 1
    let model = try variant.model.makeModel(
      input: InputDescription(kind: .values(channels: channels), outputCount: channels), seed: 1)
    var pass = Pass.training(dropout: RandomStream(seed: 1, purpose: .dropout))
    let input = Tensor.random([2, channels, 16], lane: 1)
    model.differentiate(.values(input), lengths: nil, pass: &pass) { output, _ in Tensor(output.shape, filledWith: 1) }
    Optimizer(model, configuration: SmallRun.training().optimizer).step(factor: 1)
    try SafetensorsFile.write(model.weightEntries, to: path)
    return try SafetensorsFile(path: path)
  }

  @Test("the weights of each variant have the names and shapes of the page", arguments: CheckpointVariant.all)
  func namesAndShapes(variant: CheckpointVariant) throws {
    let page = try CheckpointPage()
    let sizes = ["H": 4, "inputs": 1, "outputs": 1].merging(variant.sizes) { _, size in size }
    let file = try weights(variant, at: folder + "/w.safetensors")
    let systems = try #require(page.systems[variant.systems])
    for name in file.names {
      let tensor = try file.tensor(name)
      let (entries, local): ([CheckpointPage.Entry], String)
      if let range = name.range(of: "kernel.") {
        (entries, local) = (systems, String(name[range.upperBound...]))
      } else {
        (entries, local) = (page.model, name)
      }
      let found = entries.filter { $0.matches(local) }
      #expect(!found.isEmpty, "\(name) is not on the page")
      // Models of one bank have a table of their own with some names of the others.
      #expect(found.contains { $0.fits(tensor.shape, sizes: sizes) }, "\(name) has shape \(tensor.shape)")
      #expect(tensor.elementType == .float32)
    }
    // Every array of the systems is there, but for the filter and DFouT's B, which a layer may lack, and Δt's name, which depends on its
    // transform.
    let optional = Set(["s", "log_dt", "inv_dt"] + (variant.systems == "DFouT" ? ["B"] : []))
    for entry in systems where !optional.contains(entry.name) {
      #expect(file.names.contains { $0.hasSuffix("kernel.\(entry.name)") }, "\(entry.name) is missing")
    }
    #expect(file.names.contains { $0.hasSuffix("kernel.s") } == (variant.testDescription == "TFB with filter"))
    #expect(file.names.contains { $0.hasSuffix("kernel.B") } == ["S4D full", "DFouT"].contains(variant.testDescription))
  }

  @Test(
    "Python reads the same names, shapes and values", .enabled(if: Python.hasSafetensors, "needs Python with safetensors"),
    arguments: CheckpointVariant.all)
  func python(variant: CheckpointVariant) throws {
    let script = """
      import sys
      from safetensors.numpy import load_file
      for name, array in sorted(load_file(sys.argv[1]).items()):
          print(name, list(array.shape), array.dtype, "%.9g" % array.reshape(-1)[-1])
      """
    let file = try weights(variant, at: folder + "/w.safetensors")
    let lines = try #require(Python.run(script, folder + "/w.safetensors")).output.split(separator: "\n")
    let expected = try file.names.sorted().map { name in
      let tensor = try file.tensor(name)
      return "\(name) \(tensor.shape) float32 \(String(format: "%.9g", try tensor.doubles().last ?? 0))"
    }
    #expect(lines.map(String.init) == expected)
  }
}

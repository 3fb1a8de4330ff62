import Arrays
import Foundation
import RunFixtures
import RunSupport
import Runs
import SequenceModels
import TestSupport
import Testing
import Training
import Vocabulary

/// A trained model whose systems are changed at random.
@Suite(.temporaryFolder) struct PerturbationStudyTests {
  private static let layers = [SmallRun.diagonal(.full), SmallRun.diagonal(.minimal), SmallRun.hope(.forward)]

  /// Inputs, and a file of weights of their model.
  private func prepare(_ model: ModelSpecification) throws -> (inputs: RunInputs, weights: String) {
    let inputs = try SmallRun.inputs(model, length: 64)
    let weights = folder + "/model.safetensors"
    try SafetensorsFile.write(try inputs.makeModel(seed: 3).weightEntries, to: weights)
    return (inputs, weights)
  }

  private func rows(_ text: String) -> [[String]] {
    text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  @Test("a row for the model as it is and for each size and draw; larger changes move transfer functions further", arguments: layers)
  func table(layer: LayerSpecification) throws {
    let (inputs, weights) = try prepare(.blocks(SmallRun.blocks(layer)))
    let bytes = FileManager.default.contents(atPath: weights)
    let rows = rows(try PerturbationStudy(inputs, weights: weights, drawCount: 2).csv())
    #expect(rows.map { $0[0] } == ["0.0", "0.0001", "0.0001", "0.001", "0.001", "0.01", "0.01", "0.1", "0.1"])
    #expect(rows.map { $0[1] } == ["0", "1", "2", "1", "2", "1", "2", "1", "2"])
    let model = try inputs.makeModel(seed: 0)
    try model.loadWeights(from: weights)
    let whole = try Evaluator(model: model, data: inputs.data, batchSize: 4, metric: inputs.metric).evaluate(.test)
    #expect(rows[0][2] == "\(whole.loss)" && rows[0][3] == "\(inputs.metric.value(whole))", "nothing is changed there")
    #expect(rows[0][4..<8] == ["0.0", "0.0", "0.0", "0.0"])
    #expect(rows.dropFirst().allSatisfy { $0[2] != rows[0][2] })
    // A draw has one direction, so that its small changes grow with the size.
    let changes = try rows.map { try #require(Double($0[6])) }
    for draw in 1...2 {
      for size in 0..<3 { #expect(changes[1 + 2 * size + draw - 1] < changes[3 + 2 * size + draw - 1]) }
      #expect(abs(changes[3 + draw - 1] / changes[1 + draw - 1] / 10 - 1) < 0.2, "of first order")
    }
    #expect(rows.allSatisfy { $0[8] == "0" || (Int($0[8]) ?? 0) <= (Int($0[9]) ?? 0) })
    let hash = try FileHash.hex(ofFile: weights)
    #expect(rows.allSatisfy { $0[10] == hash })
    #expect(FileManager.default.contents(atPath: weights) == bytes)
  }

  @Test("a device measures each change as our own engine does", .needsPlugin, arguments: layers)
  func device(layer: LayerSpecification) throws {
    let (inputs, weights) = try prepare(.blocks(SmallRun.blocks(layer)))
    func study(on computing: ComputingDevice?) throws -> [[String]] {
      rows(try PerturbationStudy(inputs, weights: weights, sizes: [0.1], drawCount: 2, on: computing).csv())
    }
    let (host, device) = (try study(on: nil), try study(on: ComputingDevice(TestDevice.cpu(), precision: .full)))
    for (found, expected) in zip(device, host) {
      #expect(found[0..<2] == expected[0..<2] && found[4...] == expected[4...], "what needs no model is the same")
      for column in 2...3 {
        let numbers = try [found, expected].map { try #require(Double($0[column])) }
        #expect(abs(numbers[0] / numbers[1] - 1) < 1e-4, "\(numbers)")
      }
    }
    #expect(Set(device.map { $0[2] }).count == 3, "each draw is measured with its own weights")
  }

  @Test("the same seed gives the same bits, whatever the threads and the other sizes; another seed gives others", arguments: layers)
  func seeds(layer: LayerSpecification) throws {
    let (inputs, weights) = try prepare(.blocks(SmallRun.blocks(layer)))
    func study(_ sizes: [Double], seed: UInt64) throws -> [[String]] {
      rows(try PerturbationStudy(inputs, weights: weights, sizes: sizes, drawCount: 2, seed: seed).csv())
    }
    let first = try study([0.01, 0.1], seed: 5)
    #expect(try study([0.01, 0.1], seed: 5) == first)
    #expect(try study([0.1], seed: 5).suffix(2) == first.suffix(2))
    #expect(try study([0.1], seed: 6)[1] != first[3])
    #expect(first[1] != first[2], "draws differ")
  }

  @Test("models of one bank and half-spectra give the metric alone")
  func withoutSystems() throws {
    let waves = WavesRegressorSpecification(
      modelWidth: 4, modeCount: 2, frequencyScale: 10, filterExponent: 0.5, filterWeighting: .binsOver10000, decayLearningRate: 0.001,
      frequencyLearningRate: 0.1)
    for model in [ModelSpecification.wavesRegressor(waves), .blocks(SmallRun.blocks(SmallRun.hope(.halfSpectra)))] {
      let (inputs, weights) = try prepare(model)
      let rows = rows(try PerturbationStudy(inputs, weights: weights, sizes: [0.1], drawCount: 1).csv())
      #expect(rows.count == 2 && rows[0][2] != rows[1][2])
      #expect(rows.allSatisfy { $0[4..<8].allSatisfy(\.isEmpty) })
    }
  }

  @Test("weights of another model are refused")
  func foreignWeights() throws {
    let (_, weights) = try prepare(.blocks(SmallRun.blocks(SmallRun.hope(.forward))))
    let inputs = try SmallRun.inputs(.blocks(SmallRun.blocks(SmallRun.diagonal(.full))), length: 64)
    let error = stageError { _ = try PerturbationStudy(inputs, weights: weights).csv() }
    #expect(error?.code == .badData && error?.what == "the weights are of another model")
  }
}

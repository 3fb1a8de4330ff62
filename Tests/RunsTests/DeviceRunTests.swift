import Documents
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing
import Training
import Vocabulary

/// A run on a device, from its configuration to its summary.
@Suite(.needsPlugin, .temporaryFolder) struct DeviceRunTests {
  /// Every layer, in one direction and in two.
  private static let layers: [(name: String, layer: LayerSpecification)] = [
    ("S4D in two directions", SmallRun.diagonal(.full)), ("S4D in one", .diagonal(.small(stateSize: 6, bidirectional: false))),
    ("TFB", SmallRun.diagonal(.tuned, filter: SobolevFilterSpecification(weighting: .cyclesPerSample, exponent: 0.5, learningRate: 0.001))),
    ("DFouT", SmallRun.dampedFourier()), ("HOPE in two directions", SmallRun.hope(.both)), ("HOPE in one", SmallRun.hope(.forward)),
  ]

  @Test("the losses of twenty steps and the test loss are those of our own engine", arguments: layers.indices)
  func losses(index: Int) throws {
    let (name, layer) = Self.layers[index]
    // An epoch of one step tells its loss.
    let inputs = try SmallRun.inputs(.blocks(SmallRun.blocks(layer)), length: 32, train: 4, training: SmallRun.training(epochs: 20))
    func run(on computing: ComputingDevice?) throws -> (losses: [Double], test: Double) {
      let output = folder + (computing == nil ? "/host" : "/device")
      let summary = try TrainingRun(inputs, seed: 1, output: output, on: computing).train(interruption: { nil })
      let table = try CSVTable(fromFile: output + "/metrics.csv", fix: "-")
      let column = try table.index(of: "train_loss")
      return (try table.rows.indices.map { try #require(try table.number(table.rows[$0][column], row: $0)) }, summary.testLoss)
    }
    let (host, device) = (try run(on: nil), try run(on: ComputingDevice(TestDevice.cpu(), precision: .full)))
    #expect(host.losses.count == 20)
    for (step, (found, expected)) in zip(device.losses, host.losses).enumerated() {
      #expect(abs(found - expected) < 1e-4 * expected, "\(name), step \(step + 1): \(found), \(expected)")
    }
    #expect(abs(device.test - host.test) < 0.01 * host.test, "\(name)")
  }

  @Test("a run notes its device, keeps its fingerprint apart, and is not taken for one of our engine") func notes() throws {
    let inputs = try SmallRun.inputs(.blocks(SmallRun.blocks(SmallRun.diagonal(.minimal))), length: 32)
    let computing = try ComputingDevice(TestDevice.cpu(), precision: .fast)
    func train(on computing: ComputingDevice?, again: Bool = false) throws -> RunSummary {
      try TrainingRun(inputs, seed: 1, output: folder + "/run", on: computing).train(interruption: { nil }, startsAgain: again)
    }
    let summary = try train(on: computing)
    #expect(summary.device == "cpu, fp32" && summary.line.contains("on cpu, fp32"))
    let provenance = try JSONText.decode(Provenance.self, fromFile: folder + "/run/provenance.json", madeBy: "the run")
    #expect(provenance.sittings.map(\.device) == [computing.description])
    #expect(summary.fingerprint != (try RunningProcess().fingerprint))
    #expect(try train(on: computing) == RunSummary(inFolder: folder + "/run"))
    #expect { try train(on: nil) } throws: { "\($0)".contains("our own engine is asked for") }
    #expect(try train(on: nil, again: true).device == nil)
  }
}

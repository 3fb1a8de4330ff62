import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing
import Training

/// A run on a device, from its configuration to its summary.
@Suite(.needsPlugin, .temporaryFolder) struct DeviceRunTests {
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

import Operations
import RunFixtures
import Runs
import RunSupport
import SequenceModels
import Testing
import TestSupport
import Training
import Vocabulary

/// The fingerprint of a run, and what it keeps apart.
@Suite(.temporaryFolder) struct RunningProcessTests {
  /// Fingerprint of this process, as if its stored plans were these.
  private func fingerprint(wisdom: String?) throws -> String {
    let process = try RunningProcess()
    var numerics = process.numerics
    numerics.fftPlanning = FourierWisdom.planning(with: wisdom)
    return try RunningProcess.fingerprint(of: process.code, numerics, executable: nil)
  }

  private func trainer(_ folder: String, fingerprint: String) throws -> Trainer {
    let model = ModelSpecification.blocks(SmallRun.blocks(SmallRun.hope(.both)))
    let inputs = try SmallRun.inputs(model, length: 64, training: SmallRun.training(epochs: 2))
    return Trainer(
      model: try inputs.makeModel(seed: 1), data: inputs.data, configuration: inputs.configuration.training, seed: 1,
      checkpoints: CheckpointStore(directory: folder, fingerprint: fingerprint))
  }

  @Test("other stored plans of transforms are another fingerprint, though as long as before")
  func wisdom() throws {
    let fingerprints = [try fingerprint(wisdom: "(plan 1)"), try fingerprint(wisdom: "(plan 2)"), try fingerprint(wisdom: nil)]
    #expect(Set(fingerprints).count == 3)
    #expect(try fingerprint(wisdom: "(plan 1)") == fingerprints[0])
  }

  @Test("a run is not continued under other stored plans unless forced")
  func refusedResume() throws {
    let (before, after) = (try fingerprint(wisdom: "(plan 1)"), try fingerprint(wisdom: "(plan 2)"))
    let first = try trainer(folder, fingerprint: before)
    first.interruption = { StageError(.retryLater, "stop", where: "", why: "", fix: "") }
    #expect(throws: StageError.self) { try first.run() }
    let error = #expect(throws: StageError.self) { try trainer(folder, fingerprint: after).resume() }
    #expect(error?.code == .badConfiguration && error?.what == "the checkpoint was made under another numeric fingerprint")
    #expect(error?.why.contains(before) == true && error?.why.contains(after) == true)
    let same = try trainer(folder, fingerprint: before)
    #expect(try !same.resume() && same.state.step == 1)
    #expect(try trainer(folder, fingerprint: after).resume(force: true))
  }
}

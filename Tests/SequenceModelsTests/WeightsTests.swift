import Arrays
import RunSupport
import SequenceModels
import TestSupport
import Testing

@Suite(.temporaryFolder) struct WeightsTests {
  private func model(width: Int = 6, seed: UInt64 = 1) throws -> SequenceClassifier {
    var configuration = ModelVariant.all[0].configuration
    configuration.modelWidth = width
    return try SequenceClassifier(configuration, input: InputDescription(kind: .tokens(vocabularySize: 5), outputCount: 3), seed: seed)
  }

  @Test("weights survive a file, buffers included")
  func roundTrip() throws {
    let saved = try model(seed: 1)
    saved.buffers[0].value.fill(0.25)
    try SafetensorsFile.write(saved.weightEntries, to: folder + "/model.safetensors")
    let loaded = try model(seed: 2)
    try loaded.loadWeights(from: folder + "/model.safetensors")
    #expect(saved.parameters.map { $0.value.values() } == loaded.parameters.map { $0.value.values() })
    #expect(loaded.buffers[0].value.values().allSatisfy { $0 == 0.25 })
  }

  @Test("weights of another model are refused and change nothing")
  func otherModel() throws {
    try SafetensorsFile.write(try model(width: 4).weightEntries, to: folder + "/model.safetensors")
    let target = try model(width: 6)
    let before = target.parameters.map { $0.value.values() }
    let error = #expect(throws: StageError.self) { try target.loadWeights(from: folder + "/model.safetensors") }
    #expect(error?.code == .badData)
    #expect(error?.why.contains("has shape") == true)
    #expect(target.parameters.map { $0.value.values() } == before)
  }

  @Test("names are those of the stand-alone reference model")
  func names() throws {
    var configuration = ModelVariant.all[8].configuration
    configuration.layerCount = 1
    let model = try SequenceClassifier(configuration, input: InputDescription(kind: .values(channels: 1), outputCount: 2), seed: 1)
    #expect(
      Set(model.parameters.map(\.name)) == [
        "encoder.weight", "encoder.bias", "s4_layers.0.D", "s4_layers.0.kernel.log_dt", "s4_layers.0.kernel.log_A_real",
        "s4_layers.0.kernel.A_imag", "s4_layers.0.kernel.C", "s4_layers.0.output_linear.0.weight", "s4_layers.0.output_linear.0.bias",
        "norms.0.weight", "norms.0.bias", "decoder.weight", "decoder.bias",
      ])
  }
}

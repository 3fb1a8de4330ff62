import Arrays
import Catalogue
import Datasets
import Exports
import Foundation
import RunFixtures
import RunSupport
import Runs
import SequenceModels
import TestSupport
import Testing
import Vocabulary

/// A model that is exported and then evaluated by PyTorch.
struct ExportedVariant {
  let name: String
  let configuration: ExperimentConfiguration

  init(
    _ name: String, _ layer: LayerSpecification, normalization: BlocksSpecification.Normalization = .layer, prenorm: Bool = true,
    pooling: Pooling = .mean, appendsReversal: Bool = false, data: DataSpecification? = nil, probe: Probe? = nil
  ) {
    var blocks = SmallRun.blocks(layer, appendsReversal: appendsReversal)
    (blocks.normalization, blocks.prenorm, blocks.pooling) = (normalization, prenorm, pooling)
    self.name = name
    configuration = WrittenRun.configuration(blocks, data: data, probe: probe)
  }

  private static func filter(_ weighting: FilterWeighting) -> SobolevFilterSpecification {
    SobolevFilterSpecification(weighting: weighting, exponent: 0.5, learningRate: 0.001)
  }

  private static let sizes = ["train": 4, "validation": 2, "test": 2, "minimumLength": 10, "maximumLength": 60, "seed": 1]
  static let words = DataSpecification(family: "lra", variant: "listops-generated", parameters: sizes)
  private static let pairs = DataSpecification(family: "lra", variant: "retrieval-generated", parameters: sizes)

  static let all: [ExportedVariant] = [
    ExportedVariant("S4D, minimal", SmallRun.diagonal(.minimal)),
    ExportedVariant("S4D, full", SmallRun.diagonal(.full), normalization: .batch, prenorm: false),
    ExportedVariant("S4D on words", SmallRun.diagonal(.full), normalization: .batch, data: words),
    ExportedVariant("S4D of the last step", SmallRun.diagonal(.minimal), pooling: .last, data: words),
    ExportedVariant("S4D, kernels cut", SmallRun.diagonal(.full), probe: Probe(kernelLength: 5)),
    ExportedVariant("S4D, one block", SmallRun.diagonal(.full), probe: Probe(layerCount: 1)),
    ExportedVariant("S4D, systems of one block", SmallRun.diagonal(.full), probe: Probe(systemLayerCount: 1)),
    ExportedVariant("TFB", SmallRun.diagonal(.tuned, filter: filter(.cyclesPerSample))),
    ExportedVariant("TFB on words", SmallRun.diagonal(.tuned, filter: filter(.cyclesPerSample)), data: words),
    ExportedVariant("TFB, kernels cut", SmallRun.diagonal(.tuned, filter: filter(.binsOver10000)), probe: Probe(kernelLength: 5)),
    ExportedVariant("TFB, filter as of waves", SmallRun.diagonal(.tuned, filter: filter(.binsOver10000Unmirrored))),
    ExportedVariant("TFB, filter as of faces", SmallRun.diagonal(.tuned, filter: filter(.binsOver10000FlippedByOne))),
    ExportedVariant("HOPE", SmallRun.hope(.both), pooling: .meanOfSecondHalf),
    ExportedVariant("HOPE, forward", SmallRun.hope(.forward), normalization: .batch),
    ExportedVariant("HOPE on words", SmallRun.hope(.both), data: words),
    ExportedVariant("HOPE, half spectra", SmallRun.hope(.halfSpectra), appendsReversal: true),
    ExportedVariant("HOPE, half spectra of a copy", SmallRun.hope(.halfSpectraOfCopy), data: words),
    ExportedVariant("DFouT", SmallRun.dampedFourier()),
    ExportedVariant("DFouT on pairs", SmallRun.dampedFourier(trainsInputWeights: false), data: pairs),
  ]
}

/// Runs of which the model becomes a folder for PyTorch.
@Suite(.temporaryFolder) struct ModelExportTests {
  private static let program = "\(Fixtures.repository)/scripts/pytorch/model.py"

  private func export(_ run: FinishedRun, to name: String = "export", program: String = program) throws -> [String] {
    try ModelExport(run).write(to: "\(folder)/\(name)", program: program, preparedData: "\(folder)/data")
  }

  @Test(
    "PyTorch gives the outputs of the run's program, to 1e-5", .enabled(if: Python.withTorch != nil, "needs Python with torch"))
  func outputs() throws {
    for variant in ExportedVariant.all { _ = try export(try WrittenRun.writeWeights(variant.configuration), to: variant.name) }
    let folders = ExportedVariant.all.map { "\(folder)/\($0.name)" }
    let result = try #require(Python.run(file: Self.program, folders, with: Python.withTorch))
    #expect(result.status == 0 && result.output.split(separator: "\n").count == folders.count, "\(result)")
    // The check can fail, and the exported program checks its own folder.
    try multiply("s4_layers.0.kernel.h", by: 1.01, in: "\(folder)/HOPE/weights.safetensors")
    let changed = try #require(Python.run(file: "\(folder)/HOPE/model.py", with: Python.withTorch))
    #expect(changed.status == 1 && changed.output.contains("HOPE: outputs differ by"), "\(changed)")
  }

  private func multiply(_ changed: String, by factor: Float, in path: String) throws {
    let file = try SafetensorsFile(path: path)
    let entries = try file.names.map { name in
      let tensor = try file.tensor(name)
      return SafetensorsEntry(name, HostArray(tensor.shape, values: try tensor.floats().map { name == changed ? factor * $0 : $0 }))
    }
    try SafetensorsFile.write(entries, to: path)
  }

  @Test("a folder stands by itself: weights as the run has them, what is no weight, a page") func content() throws {
    let configuration = ExportedVariant.all[2].configuration
    let card = "\(folder)/data/\(configuration.data.preparedPath)/card.json"
    var description = DatasetCard(
      family: "lra", variant: "listops-generated", inputKind: .tokens, sequenceLength: 60, classCount: 10)
    description.vocabulary = ["<pad>", "MAX"]
    try AtomicFile.write(try JSONText.encode(description), to: card)
    let run = try WrittenRun.writeWeights(configuration)
    let names = try export(run)
    #expect(names == ["configuration.json", "model.py", "weights.safetensors", "example.safetensors", "README.md"])
    func file(_ name: String) -> Data? { FileManager.default.contents(atPath: "\(folder)/export/\(name)") }
    #expect(file("weights.safetensors") == FileManager.default.contents(atPath: "\(run.directory)/\(run.bestWeights)"))
    #expect(file("model.py") == FileManager.default.contents(atPath: Self.program))
    #expect(try ExperimentConfiguration(fromFile: "\(folder)/export/configuration.json") == configuration)
    let before = try files("\(folder)/export")
    #expect(String(decoding: try #require(before["README.md"]), as: UTF8.self).contains("was not at hand when this folder was made"))
    _ = try export(run)
    #expect(try files("\(folder)/export") == before, "equal runs give equal bytes")

    let known = try WrittenRun.write(configuration) {
      $0.dataCards = [.init(path: "\(configuration.data.preparedPath)/card.json", sha256: (try? FileHash.hex(ofFile: card)) ?? "")]
    }
    #expect(try export(known).contains("data-card.json"))
    #expect(String(decoding: try #require(file("README.md")), as: UTF8.self).contains("2 words, of which 0 is the padding"))
    #expect(String(decoding: try #require(file("README.md")), as: UTF8.self).contains("a batch was as long as its longest sequence"))
    #expect(file("data-card.json") == FileManager.default.contents(atPath: card))
  }

  @Test("what cannot be exported is named") func refusals() throws {
    func refusal(_ run: @autoclosure () throws -> FinishedRun) -> StageError? { stageError { _ = try export(try run()) } }
    let waves = ExperimentConfiguration(
      id: "test", preset: .smoke, data: WrittenRun.configuration(SmallRun.blocks(SmallRun.hope(.both))).data,
      model: .wavesRegressor(
        WavesRegressorSpecification(
          modelWidth: 2, modeCount: 2, frequencyScale: 1, filterExponent: 0, filterWeighting: .binsOver10000, decayLearningRate: 0.001,
          frequencyLearningRate: 0.1)), training: SmallRun.training())
    #expect(refusal(try WrittenRun.write(waves))?.why == "its model is of the kind wavesRegressor")
    let thinned = WrittenRun.configuration(SmallRun.blocks(SmallRun.hope(.both)), probe: Probe(samplingRate: 2))
    #expect(refusal(try WrittenRun.write(thinned))?.code == .badConfiguration)
    let whole = WrittenRun.configuration(SmallRun.blocks(SmallRun.hope(.both)))
    let bare = refusal(try WrittenRun.write(whole))
    #expect(bare?.what == "the run has no weights" && bare?.remedy.contains("AGAIN=1") == true)
    #expect(refusal(try WrittenRun.write(whole, origin: .shipped))?.why == "runs that came with the repository are numbers alone")

    let run = try WrittenRun.writeWeights(whole)
    #expect(stageError { _ = try export(run, program: "nowhere.py") }?.code == .missingInput)
    try AtomicFile.write("changed", to: "\(run.directory)/\(run.bestWeights)")
    #expect(refusal(run)?.why.contains("the run recorded") == true)
    let other = try WrittenRun.write(whole) { $0.files = nil }
    #expect(refusal(other)?.what.contains("is not a usable safetensors file") == true)
    try FileManager.default.removeItem(atPath: "\(run.directory)/configuration.json")
    #expect(refusal(try FinishedRun(path: WrittenRun.path, origin: .own, results: folder))?.code == .badData)
  }
}

import Catalogue
import RunSupport
import TestSupport
import Testing

/// Experiments whose samples are made on the fly, and the parts of a training that most experiments do without.
@Suite(.temporaryFolder) struct GeneratedExperimentTests {
  private static let listOps = """
      family: lra
      variant: listops-generated
      parameters: {train: 4000, validation: 400, test: 1000, minimumLength: 10, maximumLength: 60, seed: 1}
    """

  private static let waves = """
      family: generated
      variant: waves
      parameters: {sequenceLength: 128, train: 1000, validation: 100, test: 100, seed: 1}
    """

  @Test("they are read")
  func onTheFly() throws {
    try makeCatalogue(replacing: Self.listOps, by: Self.waves)
    let catalogue = try ExperimentCatalogue.load(directory: folder)
    let data = try catalogue.resolve(id: "tiny-listops-s4d-lin", preset: .paper).configuration.data
    #expect(data.generatedTask == .waves && data.preparedPath.hasPrefix("generated/waves-seed-1-sequenceLength-128"))
  }

  @Test("their counts are parameters, not limits")
  func limits() throws {
    try makeCatalogue(replacing: Self.listOps + "\n  limits: {}", by: Self.waves + "\n  limits: {train: 10}")
    #expect(stageError { _ = try ExperimentCatalogue.load(directory: folder) }?.what == "data.limits of a task made on the fly")
  }

  @Test("probes are read into the training")
  func probes() throws {
    let text = "  batchSize: 32\n  probe: {kernelLength: 8}\n  probes: [{name: half, samplingRate: 2}, {name: first, layerCount: 1}]\n"
    try makeCatalogue(replacing: "  batchSize: 32\n", by: text)
    let training = try ExperimentCatalogue.load(directory: folder).resolve(id: "tiny-listops-s4d-lin", preset: .paper).configuration
      .training
    #expect(training.probe == .init(kernelLength: 8))
    #expect(training.probes == [.init(name: "half", samplingRate: 2), .init(name: "first", layerCount: 1)])
  }

  @Test(
    "mistakes in them are named",
    arguments: [
      ("probe: {kernelLenght: 8}", "unknown key training.probe.kernelLenght"),
      ("probe: {kernelLength: 0}", "impossible value training.probe.kernelLength: 0"),
      ("probe: {samplingRate: 9223372036854775807}", "impossible value training.probe.samplingRate: 9223372036854775807"),
      ("probes: [{name: a, layerCount: 257}]", "impossible value training.probes[0].layerCount: 257"),
      ("probes: [{samplingRate: 2}]", "the key training.probes[0].name is missing"),
      ("probes: [{name: a, stripes: vertical}]", "the key training.probes[0].magnitude is missing"),
      ("probes: [{name: a, stripes: diagonal, magnitude: 1}]", "unknown value `diagonal` for training.probes[0].stripes"),
      ("probes: [{name: a, magnitude: 1}]", "training.probes[0].magnitude without stripes"),
      ("probes: [{name: a, layerCount: 1}, {name: b, layerCount: 2}, {name: a, samplingRate: 2}]", "two probes are called a"),
    ])
  func mistakes(line: String, what: String) throws {
    try makeCatalogue(replacing: "  batchSize: 32\n", by: "  batchSize: 32\n  \(line)\n")
    #expect(#expect(throws: StageError.self) { try ExperimentCatalogue.load(directory: folder) }?.what == what)
  }
}

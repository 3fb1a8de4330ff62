import Catalogue
import RunSupport
import TestSupport
import Testing

/// A mistake in an experiment file and the message that it must give.
struct SchemaMistake: Sendable, CustomTestStringConvertible {
  var old: String
  var new: String
  var what: String
  var why: String
  var fix: String

  var testDescription: String { new.isEmpty ? "without \(old)" : new }
}

@Suite(.temporaryFolder) struct SchemaErrorTests {
  static let mistakes = [
    SchemaMistake(
      old: "  modelWidth: 32", new: "  modelWidht: 32", what: "unknown key model.modelWidht",
      why: "the keys here are pipeline, layerCount, modelWidth, normalization, prenorm, dropout, tiedDropout, pooling, "
        + "appendsReversal, layer",
      fix: "did you mean `modelWidth`?"),
    SchemaMistake(
      old: "    initialization: linear", new: "    initialization: lineer", what: "unknown value `lineer` for model.layer.initialization",
      why: "allowed are linear, inverse, legS, fourier, random", fix: "did you mean `linear`?"),
    SchemaMistake(
      old: "  pooling: mean", new: "  pooling: meanOfSecondHalfs", what: "unknown value `meanOfSecondHalfs` for model.pooling",
      why: "allowed are mean, meanOfSecondHalf, last", fix: "did you mean `meanOfSecondHalf`?"),
    SchemaMistake(
      old: "  modelWidth: 32", new: "  modelWidth: -32", what: "impossible value model.modelWidth: -32",
      why: "it must be from 1 to 65536 channels", fix: "correct the value"),
    SchemaMistake(
      old: "  modelWidth: 32", new: "  modelWidth: 9223372036854775807", what: "impossible value model.modelWidth: 9223372036854775807",
      why: "it must be from 1 to 65536 channels", fix: "correct the value"),
    SchemaMistake(
      old: "  layerCount: 2", new: "  layerCount: 300", what: "impossible value model.layerCount: 300",
      why: "it must be from 1 to 256 layers", fix: "correct the value"),
    SchemaMistake(
      old: "  batchSize: 32", new: "  batchSize: 100000", what: "impossible value training.batchSize: 100000",
      why: "it must be from 1 to 65536 sequences", fix: "correct the value"),
    SchemaMistake(
      old: "  batchSize: 32", new: "  batchSize: 20\n  shards: 4", what: "a batch of 20 does not make 4 equal shards of whole pairs",
      why: "two sequences share a transform, so each shard takes an even number of them",
      fix: "make batchSize a multiple of 8, or leave shards out: one process then trains such a run"),
    SchemaMistake(
      old: "  batchSize: 32", new: "  batchSize: 32\n  shards: 0", what: "impossible value training.shards: 0",
      why: "it must be from 1 to 1024 shards", fix: "correct the value"),
    SchemaMistake(
      old: "train: 4000,", new: "train: 4611686018427387904,", what: "impossible value data.parameters.train: 4611686018427387904",
      why: "it must be from 0 to 1000000000", fix: "correct the value"),
    SchemaMistake(
      old: "  paddingMultiple: 16", new: "  paddingMultiple: 0", what: "impossible value training.paddingMultiple: 0",
      why: "it must be from 1 to 65536 steps", fix: "correct the value"),
    SchemaMistake(
      old: "  modelWidth: 32", new: "  modelWidth: wide", what: "wrong type of value for model.modelWidth",
      why: "expected a whole number, found `wide`", fix: "correct the value"),
    SchemaMistake(
      old: "  layerCount: 2", new: "  layerCount: \"2\"", what: "wrong type of value for model.layerCount",
      why: "expected a whole number, found the text \"2\"", fix: "correct the value"),
    SchemaMistake(
      old: "    stateSize: 16", new: "    stateSize: 15", what: "impossible value model.layer.stateSize: 15",
      why: "it must be an even number from 2 to 65536", fix: "correct the value"),
    SchemaMistake(
      old: "  dropout: 0", new: "  dropout: 1", what: "impossible value model.dropout: 1", why: "it must be at least 0 and below 1",
      fix: "correct the value"),
    SchemaMistake(
      old: "    systemCount: 32", new: "    systemCount: 5", what: "impossible value model.layer.systemCount: 5",
      why: "it must be a divisor of the width 32", fix: "correct the value"),
    SchemaMistake(
      old: "    bidirectional: true", new: "    bidirectional: true\n    outputWeightsLearningRate: -0.1",
      what: "impossible value model.layer.outputWeightsLearningRate: -0.1", why: "it must be at least 0", fix: "correct the value"),
    SchemaMistake(
      old: "  prenorm: false", new: "  prenorm: no", what: "wrong type of value for model.prenorm",
      why: "expected true or false, found `no`",
      fix: "correct the value"),
    SchemaMistake(
      old: "    timestepMaximum: 0.5", new: "    timestepMaximum: 0.001", what: "impossible value model.layer.timestepMaximum: 0.001",
      why: "it must be from timestepMinimum, 0.01, to 100", fix: "correct the value"),
    SchemaMistake(
      old: "    timestepMaximum: 0.5", new: "    timestepMaximum: 1e6", what: "impossible value model.layer.timestepMaximum: 1e6",
      why: "it must be from timestepMinimum, 0.01, to 100", fix: "correct the value"),
    SchemaMistake(
      old: "maximumLength: 60, seed: 1", new: "maximumLength: 60, sead: 1", what: "unknown key data.parameters.sead",
      why: "listops-generated takes train, validation, test, minimumLength, maximumLength, seed", fix: "did you mean `seed`?"),
    SchemaMistake(
      old: "  variant: listops-generated", new: "  variant: listops-generatd", what: "unknown value `listops-generatd` for data.variant",
      why: "allowed are listops-generated, listops-released, pathfinder-generated, pathfinder-released, pathfinder-generated-centered, "
        + "pathfinder-released-centered, text, retrieval-released, retrieval-generated", fix: "did you mean `listops-generated`?"),
    SchemaMistake(
      old: "seeds: [1]", new: "seeds: [-1]", what: "impossible value seeds[0]: -1", why: "it must be a seed of 0 or more",
      fix: "correct the value"),
    SchemaMistake(
      old: "seeds: [1]", new: "seeds: [1]\nexpectedHours: 0.01", what: "unknown key expectedHours",
      why:
        "the keys here are base, id, vary, title, group, task, method, asReleased, provesPathOnly, statistic, seeds, answers, data, model, "
        + "training, sources, presets", fix: "remove it"),
    SchemaMistake(
      old: "  smoke:\n    training:", new: "  smoke:\n    trainig:", what: "unknown key presets.smoke.trainig",
      why: "the keys here are seeds, data, model, training, provesPathOnly", fix: "did you mean `training`?"),
    SchemaMistake(
      old: "      epochs: 4", new: "      epohcs: null", what: "unknown key training.epohcs",
      why: "the keys here are batchSize, shards, paddingMultiple, epochs, optimizer, schedule, probe, probes", fix: "did you mean `epochs`?"
    ),
    SchemaMistake(
      old: "  model: dfout", new: "  modal: dfout", what: "no source is given for model.pipeline",
      why: "every value of an experiment names where it comes from", fix: "add `model.pipeline: …` under `sources`"),
  ]

  @Test("a mistake gives file, line, dotted path and remedy", arguments: mistakes)
  func message(mistake: SchemaMistake) throws {
    try makeCatalogue(replacing: mistake.old, by: mistake.new)
    let error = #expect(throws: StageError.self) { _ = try ExperimentCatalogue.load(directory: folder) }
    #expect(error?.code == .badConfiguration)
    #expect(error?.what == mistake.what)
    #expect(error?.why == mistake.why)
    #expect(error?.remedy == mistake.fix)
    #expect(error?.location.hasPrefix("\(folder)/tiny/tiny-listops-s4d-lin.yaml, line ") == true)
  }

  @Test(
    "the line is that of the mistake",
    arguments: [("  modelWidth: 32", "  modelWidth: -32"), ("  smoke:\n    training:", "  smoke:\n    trainig:")])
  func lineNumber(old: String, new: String) throws {
    try makeCatalogue(replacing: old, by: new)
    let error = #expect(throws: StageError.self) { _ = try ExperimentCatalogue.load(directory: folder) }
    let expected = try line(of: String(new.split(separator: "\n").last ?? ""), in: folder)
    #expect(error?.location.hasSuffix("line \(expected)") == true, "\(error?.location ?? "")")
  }

  @Test("a missing key is named")
  func missingKey() throws {
    try makeCatalogue(replacing: "  pooling: mean\n", by: "")
    #expect(stageError { _ = try ExperimentCatalogue.load(directory: folder) }?.what == "the key model.pooling is missing")
  }

  @Test("a key that appears twice is refused")
  func duplicateKey() throws {
    try makeCatalogue(replacing: "  pooling: mean\n", by: "  pooling: mean\n  pooling: last\n")
    let error = #expect(throws: StageError.self) { _ = try ExperimentCatalogue.load(directory: folder) }
    #expect(error?.code == .badConfiguration)
    #expect(error?.why.contains("the key pooling appears twice") == true, "\(error?.why ?? "")")
  }

  @Test("broken YAML names its line")
  func brokenYAML() throws {
    try makeCatalogue(replacing: "seeds: [1]", by: "seeds: [1")
    let error = #expect(throws: StageError.self) { _ = try ExperimentCatalogue.load(directory: folder) }
    #expect(error?.code == .badConfiguration)
    #expect(error?.why.contains("line") == true)
  }
}

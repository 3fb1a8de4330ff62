import Catalogue
import TestSupport
import Testing

/// Experiments that say only what differs from another one.
@Suite(.temporaryFolder) struct InheritanceTests {
  private static let wide = """
    base: tiny-listops-s4d-lin
    title: <method> with <model.modelWidth> channels
    model: {modelWidth: 64}
    sources: {model.modelWidth: "twice as wide"}
    presets:
      smoke: {training: {epochs: 2}}
    """

  private func experiments(_ files: [String: String], _ id: String) throws -> [Experiment] {
    try makeCatalogue(files: files)
    let catalogue = try ExperimentCatalogue.load(directory: folder)
    return try Preset.allCases.map { try catalogue.resolve(id: id, preset: $0) }
  }

  @Test("a file inherits values and presets, and changes what it says") func values() throws {
    let changed = try experiments(["tiny/tiny-wide.yaml": Self.wide], "tiny-wide")
    let base = try experiments([:], "tiny-listops-s4d-lin")
    #expect(changed.map(\.title) == Array(repeating: "S4D-Lin with 64 channels", count: 3))
    for (changed, base) in zip(changed, base) {
      var expected = base.configuration
      expected.id = "tiny-wide"
      guard case .blocks(var model) = expected.model else { return }
      model.modelWidth = 64
      expected.model = .blocks(model)
      if base.preset == .smoke { expected.training.epochs = 2 }
      #expect(changed.configuration == expected)
      #expect(changed.seeds == base.seeds && changed.group == base.group)
    }
  }

  @Test("of several bases later ones win, and the file over all of them") func order() throws {
    let files = [
      "methods/one.yaml": "method: One\nmodel: {dropout: 0.1, layerCount: 3}\nsources: {model: one}",
      "tasks/two.yaml": "task: two\nmethod: Two\nmodel: {dropout: 0.2, layerCount: 4}\nsources: {model: two}",
      "tiny/tiny-both.yaml": "base: [tiny-listops-s4d-lin, one, two]\nmodel: {layerCount: 5}\nsources: {model: both}",
    ]
    let experiment = try experiments(files, "tiny-both")[0]
    let model = try #require(experiment.configuration.model.blocks)
    #expect(experiment.method == "Two" && experiment.task == "two" && model.dropout == 0.2 && model.layerCount == 5)
  }

  @Test("a section of another kind replaces the base's, and null takes a value away") func replacing() throws {
    let files = [
      "tiny/tiny-other.yaml": """
      base: tiny-listops-s4d-lin
      model: {layer: {kind: hankel, directions: both, markovCount: 16, timestepTransform: log, timestepMinimum: 0.1, timestepMaximum: 1}}
      training: {schedule: {kind: constant}}
      sources: {model.layer: hope, training.schedule: ours}
      presets: {smoke: {training: {schedule: {warmup: null, total: null}}}}
      """,
      "tiny/tiny-none.yaml": "base: tiny-listops-s4d-lin\nmodel: {layer: {systemCount: null}}",
    ]
    let other = try experiments(files, "tiny-other")[0].configuration
    #expect(other.model.blocks?.layer.kind == .hankel && other.training.schedule.kind == .constant)
    let none = try experiments(files, "tiny-none")[0].configuration
    guard case .diagonal(let layer) = none.model.blocks?.layer else { return #expect(Bool(false), "another layer") }
    #expect(layer.systemCount == nil && layer.stateSize == 16)
  }

  @Test("each value has the file it comes from and that file's source") func origins() throws {
    try makeCatalogue(files: ["tiny/tiny-wide.yaml": Self.wide])
    let catalogue = try ExperimentCatalogue.load(directory: folder)
    let origins = try catalogue.origins(id: "tiny-wide", preset: .smoke)
    func origin(_ path: String) throws -> ValueOrigin { try #require(origins.first { $0.path == path }) }
    let (wide, base) = ("\(folder)/tiny/tiny-wide.yaml", "\(folder)/tiny/tiny-listops-s4d-lin.yaml")
    let width = try origin("model.modelWidth")
    #expect(width.value == "64" && width.place == "\(wide), line 3" && width.source?.text == "twice as wide")
    let dropout = try origin("model.dropout")
    #expect(dropout.place == "\(base), line \(try line(of: "  dropout: 0", in: folder))" && dropout.value == "0")
    #expect(dropout.source?.text == "dfout-lra-listops-s4d-lin, with sizes of ours")
    let epochs = try origin("training.epochs")
    #expect(epochs.place == "\(wide), line 6" && epochs.value == "2" && epochs.source == nil, "a preset needs no source")
    #expect(try origin("seeds").value == "[1]")
  }

  static let mistakes = [
    CatalogueMistake("base: tiny-listops-s4d-lim", "unknown base tiny-listops-s4d-lim", fix: "did you mean tiny-listops-s4d-lin?"),
    CatalogueMistake(
      "base: tiny-new", "a circle of bases", why: "tiny/tiny-new.yaml → tiny/tiny-new.yaml", fix: "remove one of these bases"),
    CatalogueMistake(
      "base: tiny-a", beside: ["tiny/tiny-a.yaml": "base: tiny-b", "tiny/tiny-b.yaml": "base: tiny-a"], "a circle of bases",
      why: "tiny/tiny-a.yaml → tiny/tiny-b.yaml → tiny/tiny-a.yaml", fix: "remove one of these bases"),
    CatalogueMistake(
      "base: tiny-a",
      beside: ["tiny/tiny-a.yaml": "base: b", "tasks/b.yaml": "base: c", "tasks/c.yaml": "base: tiny-listops-s4d-lin"],
      "5 files in a row, each the base of the next", fix: "base it on one of the later ones"),
    CatalogueMistake(
      "base: tiny-listops-s4d-lin\nmodel: {modelWidht: 64}\nsources: {model: ours}", "unknown key model.modelWidht",
      fix: "did you mean `modelWidth`?"),
    CatalogueMistake(
      "base: tiny-listops-s4d-lin\nmodel: {modelWidth: 64}", "no source is given for model.modelWidth",
      fix: "add `model.modelWidth: …` under `sources`"),
    CatalogueMistake(
      "base: tiny-listops-s4d-lin\nmodel: {modelWidth: 64}\nsources: {model: ours, model.dropuot: ours}",
      "a source is given for model.dropuot, which is no value", fix: "remove it, or say the value here"),
    CatalogueMistake(
      "base: tiny-listops-s4d-lin\nmodel: {layer: {systemCuont: null}}", "model.layer.systemCuont cannot be taken away",
      why: "no base has this value", fix: "did you mean `model.layer.systemCount`?"),
    CatalogueMistake(
      "base: tiny-listops-s4d-lin\ntitle: <metod> on short ListOps", "<metod> stands for nothing", fix: "did you mean <method>?"),
    CatalogueMistake(
      "base: tiny-listops-s4d-lin\npresets: {paper: {training: {epochs: 3}}}", "no source is given for training.epochs of tiny-new",
      why: "every value of a reported configuration names where it comes from, and a preset names no sources",
      fix: "say the value outside of `presets`, with `training.epochs: …` under `sources`"),
    CatalogueMistake("base: tiny-listops-s4d-lin\ntitel: Ours", "unknown key titel", fix: "did you mean `title`?"),
  ]

  @Test("a mistake says what, where, why and what to do", arguments: mistakes) func mistake(_ mistake: CatalogueMistake) throws {
    try mistake.expectRefusal()
  }
}

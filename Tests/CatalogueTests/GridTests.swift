import Catalogue
import TestSupport
import Testing

/// Experiments that one file makes by `vary`.
@Suite(.temporaryFolder) struct GridTests {
  private func experiments(_ text: String, _ others: [String: String] = [:]) throws -> [Experiment] {
    try makeCatalogue(files: others.merging(["tiny/tiny-grid.yaml": text]) { $1 })
    return try ExperimentCatalogue.load(directory: folder).experiments(at: .paper).filter { $0.id.hasPrefix("tiny-grid") }
  }

  @Test("every pair of two values is an experiment, with an id and a title by pattern") func product() throws {
    let grid = try experiments(
      """
      base: tiny-listops-s4d-lin
      id: tiny-grid-<modelWidth>-dropout-<dropout>
      title: <method>, <modelWidth> channels, dropout <model.dropout>
      vary:
        model.modelWidth: [32, 64]
        model.dropout: {none: 0, some: 0.1}
      sources: {model.modelWidth: our grid, model.dropout: our grid}
      """)
    #expect(
      grid.map(\.id)
        == ["tiny-grid-32-dropout-none", "tiny-grid-32-dropout-some", "tiny-grid-64-dropout-none", "tiny-grid-64-dropout-some"])
    #expect(grid.last?.title == "S4D-Lin, 64 channels, dropout 0.1")
    #expect(grid.map { $0.configuration.model.blocks?.modelWidth } == [32, 32, 64, 64])
    #expect(grid.map { $0.configuration.model.blocks?.dropout } == [0, 0.1, 0, 0.1])
  }

  @Test("a point may change several values together, with sources and presets of its own") func together() throws {
    let grid = try experiments(
      """
      base: tiny-listops-s4d-lin
      id: tiny-grid-<size>
      vary:
        size:
          small: {model: {modelWidth: 64, layerCount: 1}, sources: {model.modelWidth: one, model.layerCount: one}}
          large: {model: {modelWidth: 128}, sources: {model.modelWidth: two}, presets: {reduced: {seeds: [7]}}}
      """)
    #expect(grid.map { $0.configuration.model.blocks?.modelWidth } == [128, 64])
    #expect(grid.map { $0.configuration.model.blocks?.layerCount } == [2, 1])
  }

  @Test("labels choose the base of each point") func bases() throws {
    let grid = try experiments(
      """
      base: [tiny-listops-s4d-lin, <shape>]
      id: tiny-grid-<shape>
      vary: {shape: [flat, deep]}
      """,
      [
        "methods/flat.yaml": "model: {layerCount: 1}\nsources: {model: ours}",
        "methods/deep.yaml": "model: {layerCount: 9}\nsources: {model: ours}",
      ])
    #expect(grid.map { $0.configuration.model.blocks?.layerCount } == [9, 1])
  }

  private static let head = "base: tiny-listops-s4d-lin\nsources: {model.dropout: ours}\n"

  static let mistakes = [
    CatalogueMistake(
      head + "id: tiny-new\nvary: {model.dropout: [0.1, 0.2]}", "two experiments or parts are called tiny-new",
      why: "the other one is in tiny/tiny-new.yaml", fix: "give one of them another name, or hold the names of all axes in `id`"),
    CatalogueMistake(
      head + "vary: {model.dropout: [0.1]}", "the grid has no ids", fix: "add `id:` with the name of every axis in angle brackets"),
    CatalogueMistake(
      head + "id: tiny-new\nmodel: {dropout: 0.1}", "an id without a grid", fix: "remove `id`, or add `vary`"),
    CatalogueMistake(
      head + "id: tiny-new-<dropuot>\nvary: {model.dropout: [0.1]}", "<dropuot> stands for nothing",
      why: "what may stand in angle brackets here is dropout", fix: "did you mean <dropout>?"),
    CatalogueMistake(
      head + "id: tiny-new-<dropout>\nmodel: {dropout: 0.1}\nvary: {dropout: [0.1, 0.2]}", "the axis dropout changes nothing",
      fix: "correct its name, or say what its points change"),
    CatalogueMistake(
      head + "id: tiny-new-<dropout>\nvary: {model.dropout: []}", "wrong type of value for vary.model.dropout", fix: "correct the value"),
    CatalogueMistake(
      head + "id: tiny-new-<dropout>\nvary: {model.dropout: 0.1}", "wrong type of value for vary.model.dropout",
      why: "expected a list of values or a mapping of labels to what changes, found `0.1`", fix: "correct the value"),
    CatalogueMistake(
      head + "id: tiny-new-<dropout>\nvary: {model.dropout: [0.1], model.layer.dropout: [0.1]}", "two axes are called dropout",
      why: "<dropout> would mean both", fix: "vary both values in one axis: under a name of its own, with labels for its points"),
    CatalogueMistake(
      head + "id: tiny-new-<size>\nvary: {size: {a: {base: tiny-listops-hope}}}", "vary.size.a.base belongs to the whole file",
      fix: "move it to the top of the file; `<name>` in it is replaced by the labels of an axis"),
    CatalogueMistake(
      head + "id: dfout-<dropout>\nvary: {model.dropout: [0.1]}", "the experiment dfout-0.1 is in the wrong folder",
      why: "ids begin with their paper, here `tiny-`", fix: "rename the file or move it"),
    CatalogueMistake(
      "base: tiny-listops-s4d-lin\nsources: {model: ours}\nid: tiny-new-<dropuot>\nvary: {model.dropuot: [0.1]}",
      "unknown key model.dropuot", fix: "did you mean `dropout`?"),
    CatalogueMistake(
      "base: tiny-listops-s4d-lin", beside: ["tasks/grid.yaml": "vary: {model.dropout: [0.1]}"], "grid cannot be an experiment",
      why: "files of tasks are what experiments share", fix: "move the file to the folder of its paper, or remove `id` and `vary`"),
  ]

  @Test("a mistake says what, where, why and what to do", arguments: mistakes) func mistake(_ mistake: CatalogueMistake) throws {
    try mistake.expectRefusal()
  }
}

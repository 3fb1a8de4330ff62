import Catalogue
import RunSupport
import TestSupport
import Testing

/// Sources that mark a value as a choice of ours.
@Suite(.temporaryFolder) struct OwnReadingTests {
  private static func file(_ sources: String, values: String = "{modelWidth: 64, dropout: 0.1}") -> String {
    "base: tiny-listops-s4d-lin\nmodel: \(values)\nsources: \(sources)"
  }

  private static func marked(_ files: [String: String], _ id: String = "tiny-new", at preset: Preset = .paper) throws -> [String] {
    try makeCatalogue(files: files)
    return try ExperimentCatalogue.load(directory: folder).resolve(id: id, preset: preset).ownReadings
  }

  @Test("a marked source marks its values, through bases and presets") func marks() throws {
    let files = [
      "tiny/tiny-new.yaml": Self.file("{model.modelWidth: {text: a guess, ours: true}, model.dropout: {text: Table 1}}"),
      "tiny/tiny-above.yaml": "base: tiny-new\npresets: {smoke: {model: {modelWidth: 96}}}",
      "tiny/tiny-sourced.yaml": "base: tiny-new\nmodel: {modelWidth: 128}\nsources: {model.modelWidth: Table 2}",
      "tiny/tiny-whole.yaml": Self.file("{model: {text: a guess, ours: true}, model.dropout: {text: Table 1, ours: false}}"),
    ]
    #expect(try Self.marked(files) == ["model.modelWidth"])
    #expect(try Self.marked(files, "tiny-above", at: .reduced) == ["model.modelWidth"], "inherited with the value")
    #expect(try Self.marked(files, "tiny-above", at: .smoke) == [], "a preset's value has no source")
    #expect(try Self.marked(files, "tiny-sourced") == [], "who changes the value names another source")
    #expect(try Self.marked(files, "tiny-whole") == ["model.modelWidth"], "the longest key decides")
    #expect(try Self.marked(files, "tiny-listops-s4d-lin") == [])
  }

  @Test("the origin of a value says whether it is ours, and the text of its source") func origins() throws {
    try makeCatalogue(files: ["tiny/tiny-new.yaml": Self.file("{model: {text: a guess, ours: true}}")])
    let origins = try ExperimentCatalogue.load(directory: folder).origins(id: "tiny-new", preset: .paper)
    let width = try #require(origins.first { $0.path == "model.modelWidth" }?.source)
    #expect(width.text == "a guess" && width.isOurs)
    #expect(origins.filter { $0.source?.isOurs == true }.map(\.path) == ["model.modelWidth", "model.dropout"])
  }

  @Test("the mark is no part of the resolved configuration") func configuration() throws {
    let texts = ["{text: a guess, ours: true}", "a guess"].map { Self.file("{model: \($0)}") }
    let resolved = try texts.map { text in
      try makeCatalogue(files: ["tiny/tiny-new.yaml": text])
      return try JSONText.encode(ExperimentCatalogue.load(directory: folder).resolve(id: "tiny-new", preset: .paper).configuration)
    }
    #expect(resolved[0] == resolved[1])
  }

  static let mistakes = [
    CatalogueMistake(
      file("{model: {text: a guess, our: true}}"), "unknown key sources.model.our", why: "the keys here are text, ours",
      fix: "did you mean `ours`?"),
    CatalogueMistake(
      file("{model: {text: a guess, ours: yes}}"), "wrong type of value for sources.model.ours",
      why: "expected true or false, found `yes`", fix: "correct the value"),
    CatalogueMistake(
      file("{model: {ours: true}}"), "the key sources.model.text is missing", why: "it has no default", fix: "add `text:` with its value"),
    CatalogueMistake(
      file("{model: {text: 5, ours: true}}"), "wrong type of value for sources.model.text", why: "expected text, found `5`",
      fix: "correct the value"),
    CatalogueMistake(
      file("{model: [a guess]}"), "wrong type of value for sources.model", why: "expected text, found a list", fix: "correct the value"),
  ]

  @Test("a wrong source is refused", arguments: mistakes) func mistake(_ mistake: CatalogueMistake) throws {
    try mistake.expectRefusal()
  }
}

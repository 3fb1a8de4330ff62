import Catalogue
import Foundation
import RunSupport
import TestSupport
import Testing

/// One file with a mistake stops no other.
@Suite(.temporaryFolder) struct SoundCatalogueTests {
  private static let tiny = "tiny-listops-s4d-lin"

  private func sound(_ files: [String: String]) throws -> ExperimentCatalogue {
    try makeCatalogue(files: files)
    return try ExperimentCatalogue.loadSound(directory: folder)
  }

  private var experiment: String {
    get throws { try String(contentsOfFile: "\(ExperimentCatalogue.bundledDirectory)/tiny/\(Self.tiny).yaml", encoding: .utf8) }
  }

  @Test(
    "a broken file is named with what rests on it, and the others are there",
    arguments: ["seeds: [1", "sedes: [1]\n", "\u{1B}[31m\u{0}", "base: nowhere\n"])
  func broken(text: String) throws {
    let child = "base: tiny-broken\nseeds: [2]\nsources: {seeds: a test}\n"
    let catalogue = try sound(["tiny/tiny-broken.yaml": text, "tiny/tiny-child.yaml": child])
    #expect(catalogue.ids == [Self.tiny] && catalogue.all.count == 3)
    #expect(catalogue.problems.count == 1, "\(catalogue.problems)")
    let problem = try #require(catalogue.problems.first)
    #expect(problem.leftOut == ["tiny-broken", "tiny-child"])
    #expect(!problem.error.description.contains("\u{1B}"), "no bytes of the file reach a terminal")
    let error = #expect(throws: StageError.self) { try catalogue.resolve(id: "tiny-child", preset: .smoke) }
    #expect(error == problem.error)
    #expect(throws: StageError.self) { try ExperimentCatalogue.load(directory: folder) }
  }

  @Test("a file beside the folders of papers is named") func misplaced() throws {
    let catalogue = try sound(["mine.yaml": try experiment])
    #expect(catalogue.ids == [Self.tiny])
    #expect(catalogue.problems.map(\.error.what) == ["mine.yaml is in no folder of a paper"])
    #expect(catalogue.problems.first?.error.location == "\(folder)/mine.yaml")
  }

  @Test("a file that cannot be read is no mistake in it: nothing is left out in silence") func unreadable() throws {
    try makeCatalogue()
    try FileManager.default.createSymbolicLink(atPath: "\(folder)/tiny/tiny-gone.yaml", withDestinationPath: "\(folder)/nowhere")
    let error = #expect(throws: StageError.self) { try ExperimentCatalogue.loadSound(directory: folder) }
    #expect(error?.code == .missingInput)
  }

  @Test("of two experiments of one name neither is taken") func twins() throws {
    let catalogue = try sound([
      "tiny/tiny-grid.yaml": "base: \(Self.tiny)\nid: \(Self.tiny)\nvary: {training.epochs: [3]}\nsources: {training.epochs: a test}\n"
    ])
    #expect(catalogue.ids == [] && catalogue.problems.first?.leftOut == [Self.tiny], "\(catalogue.problems)")
  }

  @Test("a name that no folder of runs can have is refused") func names() throws {
    let catalogue = try sound(["tiny/tiny-a b.yaml": try experiment])
    #expect(catalogue.problems.map(\.error.what) == ["the name tiny-a b cannot be that of a run's folder"])
  }
}

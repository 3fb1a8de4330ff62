import Catalogue
import Foundation
import RunFixtures
import RunPlanning
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct RebuildReasonTests {
  private let place: Place
  init() throws { place = Place(experiment: try ExperimentCatalogue.shared().resolve(id: "tiny-listops-s4d-lin", preset: .smoke)) }

  private struct Place {
    let experiment: Experiment
    var results: String { folder + "/results" }
    var data: String { folder + "/data" }
    var card: String { "\(data)/prepared/\(experiment.configuration.data.preparedPath)/card.json" }
    var run: String { "\(results)/runs/\(experiment.id)/smoke/seed-1" }
    var resolved: String { "\(results)/resolved/\(experiment.id)/smoke.json" }

    func lines(revision: String? = nil) -> [String] {
      RebuildReason(experiment, seed: 1, results: results, data: data, revision: revision).lines
    }

    /// A card, a resolved configuration and a finished run of it, in this order.
    func fill() throws {
      try AtomicFile.write("{}\n", to: card)
      try AtomicFile.write(try JSONText.encode(experiment.configuration), to: resolved)
      var summary = RunSummary.fixture(experiment, seed: 1)
      summary.dataCards = [
        RunSummary.DataCard(path: experiment.configuration.data.preparedPath + "/card.json", sha256: try FileHash.hex(ofFile: card))
      ]
      try summary.write(results: results)
    }
  }

  @Test("a finished run of the present configuration and data is up to date; another revision is only reported") func upToDate() throws {
    try place.fill()
    #expect(place.lines() == ["nothing: it is up to date"])
    #expect(
      place.lines(revision: "fedcba9876543210") == [
        "nothing: it is up to date",
        "another revision made it, 012345678 and not fedcba987 (reported, never acted on; make run with AGAIN=1 makes it again)",
      ])
  }

  @Test("a changed value is named with its old and new value") func configuration() throws {
    try place.fill()
    var old = place.experiment.configuration
    old.training.epochs += 2
    try RunSummary.fixture(place.experiment, seed: 1).write(results: place.results, configuration: old)
    let now = place.experiment.configuration.training.epochs
    #expect(place.lines().first == "the resolved configuration changed: training.epochs \(now + 2) → \(now)")
    #expect(place.lines().contains { $0.contains(".replaced-N") })
  }

  @Test("missing and changed data are named") func data() throws {
    try place.fill()
    try AtomicFile.write("{\"other\": 1}\n", to: place.card)
    #expect(place.lines().first?.hasPrefix("the data card changed: \(place.card), sha256 ") == true, "\(place.lines())")
    try FileManager.default.removeItem(atPath: place.card)
    #expect(place.lines().first?.hasPrefix("the data card is missing: \(place.card)") == true, "\(place.lines())")
  }

  @Test("an unfinished run continues, one that never began says so, and a newer file of equal content only renews a time") func stages()
    throws
  {
    try AtomicFile.write("{}\n", to: place.card)
    #expect(place.lines() == ["it has never run"])
    try place.fill()
    try FileManager.default.setAttributes([.modificationDate: Date().addingTimeInterval(60)], ofItemAtPath: place.resolved)
    #expect(place.lines().first?.contains("is newer, with equal content") == true, "\(place.lines())")
    try FileManager.default.removeItem(atPath: place.run + "/summary.json")
    #expect(place.lines().first?.contains("continues from its newest checkpoint") == true, "\(place.lines())")
  }

  @Test("differences name values by their paths, added and removed ones too") func differences() {
    func lines(_ old: String, _ new: String) -> [String]? { ConfigurationDifference.lines(from: Data(old.utf8), to: Data(new.utf8)) }
    #expect(
      lines(#"{"a": {"b": [1, 2]}, "c": "x"}"#, #"{"a": {"b": [1, 3]}, "d": true}"#) == [
        "a.b.2 2 → 3", #"c "x" → (absent)"#, "d (absent) → true",
      ])
    #expect(lines(#"{"a": 1}"#, #"{"a":1}"#) == [])
    #expect(lines("nonsense", "{}") == nil)
  }
}

import Catalogue
import Foundation
import RunSupport
import TestSupport
import Testing

/// What the catalogue resolves to, against a stored list of hashes: a changed configuration is a changed line in review.
@Suite struct ResolvedConfigurationsTests {
  private static let name = "resolved-configurations.sha256"
  private static let command = "RECORD_CONFIGURATIONS=1 swift test --disable-xctest --filter ResolvedConfigurationsTests"

  /// A line per experiment and preset, `hash  id/preset`: the hash is that of the file that `plan-runs resolve --output` writes.
  private static func present() throws -> [String] {
    try ExperimentCatalogue.load().all.map { experiment in
      let text = try JSONText.encode(experiment.configuration)
      return "\(FileHash.hex(of: Data(text.utf8)))  \(experiment.id)/\(experiment.preset.rawValue)"
    }
  }

  @Test("every experiment resolves at every preset to the configuration of the list") func unchanged() throws {
    let path = Fixtures.path(Self.name)
    let present = try Self.present()
    if ProcessInfo.processInfo.environment["RECORD_CONFIGURATIONS"] == "1" {
      try AtomicFile.write(present.joined(separator: "\n") + "\n", to: path)
    }
    let listed = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n").map(String.init)
    let changes = Self.changes(from: listed, to: present)
    #expect(
      changes.isEmpty,
      """
      \(changes.count) resolved configurations differ from Tests/Fixtures/\(Self.name):
      \(changes.prefix(30).joined(separator: "\n"))
      If they are meant to differ, finished runs of them are out of date; record the new list with
      \(Self.command)
      """)
    #expect(present == listed || !changes.isEmpty, "the order of the list is that of the catalogue")
  }

  @Test("changed, new and missing configurations are told apart") func differences() {
    #expect(
      Self.changes(from: ["1  a/smoke", "2  b/smoke", "3  c/smoke"], to: ["1  a/smoke", "4  b/smoke", "5  d/smoke"])
        == ["changed  b/smoke", "missing  c/smoke", "new      d/smoke"])
  }

  private static func changes(from listed: [String], to present: [String]) -> [String] {
    let (old, new) = (hashes(listed), hashes(present))
    return Set(old.keys).union(new.keys).sorted().compactMap { name in
      if old[name] == new[name] { return nil }
      return (old[name] == nil ? "new      " : new[name] == nil ? "missing  " : "changed  ") + name
    }
  }

  private static func hashes(_ lines: [String]) -> [Substring: Substring] {
    let pairs = lines.map { $0.split(separator: " ") }.filter { $0.count == 2 }
    return Dictionary(pairs.map { ($0[1], $0[0]) }) { $1 }
  }
}

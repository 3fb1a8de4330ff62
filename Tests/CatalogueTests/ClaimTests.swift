import Catalogue
import Foundation
import RunFixtures
import RunSupport
import TestSupport
import Testing

@Suite(.temporaryFolder) struct ClaimTests {
  private func problem(_ text: String) throws -> String {
    let copy = "\(folder)/catalogue"
    try ExperimentCatalogue.copySmall(to: copy)
    try AtomicFile.write(text, to: "\(copy)/claims/Z1.yaml")
    let catalogue = try ExperimentCatalogue.loadSound(directory: copy)
    #expect(!catalogue.ids.isEmpty, "a wrong claim stops no experiment")
    return catalogue.problems.map { "\($0.error)" }.joined(separator: "\n")
  }

  private let head = "paper: HOPE\nplace: Table 1\nstatement: HOPE is better.\n"

  @Test("mistakes of a claim are named") func mistakes() throws {
    let check = "smaller: {run: tiny-listops-hope, name: a}\n      larger: {number: 1, name: b}\n"
    let cases = [
      (
        "rule:\n  preset: smoke\n  seeds: 2\n  checks:\n    - smaller: {run: tiny-listops-hop, name: a}\n      larger: {number: 1, name: b}\n",
        "did you mean tiny-listops-hope?"
      ),
      ("rule:\n  preset: smoke\n  seeds: 1\n  checks:\n    - \(check)", "2 or more"),
      ("rule:\n  checks:\n    - \(check)", "a rule that cannot decide"),
      ("rule:\n  preset: smoke\n  seeds: 2\n  checks: []\n", "a rule that cannot decide"),
      ("noDecision: a drawing\nlarger: [tiny-listops-hope]\n", "although nothing is to decide"),
      (
        "rule:\n  checks:\n    - smaller: {number: 1, name: a}\n      larger: {number: 2, run: tiny-listops-hope, name: b}\n",
        "cannot be read"
      ),
    ]
    for (text, words) in cases { #expect(try problem(head + text).contains(words), "\(text)") }
    #expect(try problem(head).isEmpty)
  }

  @Test("claims stand by paper and number, and name runs by the preset of their rule") func catalogue() throws {
    let catalogue = try ExperimentCatalogue.load()
    let ids = catalogue.claims.map(\.id)
    #expect(ids.first == "A1" && ids.firstIndex(of: "A10") == ids.firstIndex(of: "A9").map { $0 + 1 })
    let claim = try #require(catalogue.claims.first { $0.id == "B6" })
    #expect(claim.reads(try catalogue.resolve(id: "hope-noisy-scifar", preset: .reduced)))
    #expect(!claim.reads(try catalogue.resolve(id: "hope-noisy-scifar", preset: .paper)))
    #expect(!claim.reads(try catalogue.resolve(id: "hope-scifar", preset: .reduced)))
    #expect(claim.seeds(of: try catalogue.resolve(id: "hope-noisy-scifar", preset: .smoke)) == [1, 2, 3])
  }
}

import Catalogue
import Foundation
import RunSupport
import TestSupport
import Testing

/// Reported configurations value by value, the deviations from them, and the document that says so.
@Suite struct FidelityTests {
  private static let listed = (try? ReportedConfiguration.all(fromFile: Fixtures.path("reported-configurations.csv"))) ?? []
  private static let deviations = (try? ReportedDeviation.all(fromFile: Fixtures.path("reported-deviations.csv"))) ?? []
  private static let catalogue = try? ExperimentCatalogue.load()
  private static let comparison = catalogue.flatMap { try? FidelityComparison(listed, deviations: deviations, catalogue: $0) }
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path

  @Test("the list is complete: 60 configurations, 59 with experiments, more than 800 values") func count() {
    #expect(Self.listed.count == 60 && Self.listed.filter { !$0.patterns.isEmpty }.count == 59)
    #expect(Set(Self.listed.map { "\($0.name) \($0.variant)" }).count == Self.listed.count)
    #expect(Self.listed.reduce(0) { $0 + $1.values.count } > 800)
    #expect(Self.listed.allSatisfy { !$0.patterns.isEmpty || !$0.remark.isEmpty })
  }

  @Test("each reported value is ours, or a decision is named for it") func values() throws {
    for configuration in try #require(Self.comparison).configurations {
      for pattern in configuration.reported.patterns {
        #expect(configuration.experiments.contains { $0.hasPrefix(pattern.prefix { $0 != "*" }) }, "no experiment \(pattern)")
      }
      for entry in configuration.entries {
        let values = "\(entry.reported ?? "nothing") reported, ours \(entry.ours ?? "nothing")"
        #expect(!entry.deviates || entry.deviation != nil, "\(entry.experiment) \(entry.quantity): \(values)")
        // Models of their own hold their number of layers and channels; a value of a layer is never out of reach.
        #expect(entry.ours != nil || [.layers, .width].contains(entry.quantity), "\(entry.experiment) \(entry.quantity): \(values)")
      }
    }
  }

  @Test("no listed deviation is out of date, and each names a decision that can be looked up") func decisions() throws {
    #expect(try #require(Self.comparison).unused.map { "\($0.patterns) \($0.quantity)" } == [])
    let text = try String(contentsOfFile: "\(Self.root)/docs/decisions.md", encoding: .utf8)
    let numbers = text.split(separator: "\n").compactMap { line in line.firstMatch(of: /^(\d+)\. \*\*/).flatMap { Int($0.1) } }
    #expect(numbers == Array(1...27))
    #expect(Self.deviations.allSatisfy { numbers.contains($0.decision) && !$0.reason.isEmpty })
  }

  @Test("docs/fidelity.md is what `make fidelity` writes") func document() throws {
    let text = try String(contentsOfFile: "\(Self.root)/docs/fidelity.md", encoding: .utf8)
    #expect(text == FidelityDocument(try #require(Self.comparison)).markdown, "run `make fidelity`")
  }

  @Test("a changed value of an experiment is found, and a deviation that it no longer has too") func finds() throws {
    let header = "configuration,variant,experiments,remark," + ReportedQuantity.allCases.map(\.rawValue).joined(separator: ",")
    func row(_ values: [ReportedQuantity: String]) -> String {
      "made-up,code,tiny-listops-s4d-lin,," + ReportedQuantity.allCases.map { values[$0] ?? "" }.joined(separator: ",")
    }
    func entries(_ values: [ReportedQuantity: String], _ deviations: String) throws -> (FidelityComparison, [FidelityComparison.Entry]) {
      try withTemporaryFolder { folder in
        try AtomicFile.write("\(header)\n\(row(values))\n", to: "\(folder)/reported.csv")
        try AtomicFile.write("experiments,quantity,decision,reason\n\(deviations)", to: "\(folder)/deviations.csv")
        let comparison = try FidelityComparison(
          ReportedConfiguration.all(fromFile: "\(folder)/reported.csv"),
          deviations: ReportedDeviation.all(fromFile: "\(folder)/deviations.csv"), catalogue: #require(Self.catalogue))
        return (comparison, comparison.configurations.flatMap(\.entries).filter { $0.reported != nil })
      }
    }
    let (open, found) = try entries([.batch: "32", .rate: "0.010", .epochs: "9", .timestepRate: "0.01"], "")
    #expect(found.filter(\.deviates).map(\.quantity) == [.epochs] && found.allSatisfy { $0.deviation == nil })
    #expect(open.unused.isEmpty)
    let (explained, listed) = try entries([.epochs: "9"], "tiny-*,epochs,14,short\ntiny-*,batch,14,short\n")
    #expect(listed.first?.deviation?.decision == 14 && explained.unused.map(\.quantity) == [.batch])
    #expect(FidelityDocument(explained).markdown.contains("| epochs | 9 | 8 | 14 | "))
    let error = #expect(throws: StageError.self) { _ = try entries([:], "tiny-*,epohcs,14,short\n") }
    #expect(error?.code == .badData && error?.why == "no quantity is called epohcs")
  }
}

import Catalogue
import Foundation
import Reporting
import RunFixtures
import RunSupport
import Runs
import TestSupport
import Testing

@Suite(.temporaryFolder) struct RunVerificationTests {
  private func tiny() throws -> Experiment { try ExperimentCatalogue.shared().resolve(id: "tiny-listops-s4d-lin", preset: .smoke) }

  /// Ships a run for each seed, then writes own ones that differ as said.
  private func verify(
    seeds: [UInt64: Double] = [1: 0.5], configuration: ExperimentConfiguration? = nil, _ change: (inout FinishedRunFixture) -> Void
  ) throws -> (verifications: [RunVerification], shippedCount: Int) {
    let tiny = try tiny()
    for (seed, value) in seeds { try FinishedRunFixture(tiny, seed: seed, value: value).write(results: folder) }
    let analytic = AnalyticShipment(results: folder, inputs: "none")
    try Shipment(ExperimentCatalogue.shared(), results: folder, excerpts: ExperimentCatalogue.shared().excerpts).ship(
      [.smoke], analytic: analytic
    ) { _ in }
    try FileManager.default.removeItem(atPath: "\(folder)/runs")
    var own = FinishedRunFixture(tiny, seed: 1)
    change(&own)
    try own.write(results: folder, configuration: configuration)
    return try RunVerification.all(ExperimentCatalogue.shared(), results: folder)
  }

  private func line(seeds: [UInt64: Double] = [1: 0.5], _ change: (inout FinishedRunFixture) -> Void) throws -> String {
    try verify(seeds: seeds, change).verifications.map(\.line).joined()
  }

  private static let path = "tiny-listops-s4d-lin/smoke/seed-1"

  @Test("time, memory, dates and the machine are no metrics") func sameBits() throws {
    let (verifications, count) = try verify(seeds: [1: 0.5, 2: 0.6]) { own in
      (own.summary.wallSeconds, own.summary.peakMemoryMB, own.summary.revision) = (99, 99, "abc")
      own.summary.fingerprint = "other"
      own.finishedAt = "2028-01-01T00:00:00Z"
      own.tables["metrics.csv"]?.replace(",1.5\n", with: ",7.5\n")
      own.tables["kernels.csv"]?.replace("0.75", with: "0.76")
      own.tables["pictures.csv"] = nil
    }
    #expect(verifications.map(\.line) == ["\(Self.path): same bits"] && count == 2)
    #expect(verifications.filter(\.isFailure).isEmpty)
  }

  @Test(
    "other numbers under the same fingerprint are an error that names file and value",
    arguments: [
      ("metrics.csv", "0.15,1.5", "0.16,1.5", "metrics.csv, validation_accuracy, row 1 below the header: 0.16 here, 0.15 shipped"),
      ("kernels.csv", "0.25\n", "0.26\n", "kernels.csv, trained, row 1 below the header: 0.26 here, 0.25 shipped"),
    ])
  func broken(file: String, old: String, new: String, words: String) throws {
    let verifications = try verify { $0.tables[file]?.replace(old, with: new) }.verifications
    #expect(verifications.map(\.line) == ["\(Self.path): other bits under the same fingerprint, \(words)"])
    #expect(verifications.filter(\.isFailure).count == 1)
    #expect(try line { $0.summary.testLoss = 1.5 }.contains("summary.json, testLoss: 1.5 here, 1 shipped"))
  }

  @Test("under another fingerprint three standard errors of the test set and what seeds differ by are allowed") func tolerance() throws {
    func word(_ seeds: [UInt64: Double], _ value: Double) throws -> String {
      let found = try verify(seeds: seeds) { own in
        own.summary.value = value
        own.summary.fingerprint = "other"
      }.verifications
      #expect(found.count == 1 && found[0].isFailure == (found[0].word == "differs"))
      return found[0].word
    }
    // √(0.25/100) = 0.05; one seed: 0.15 + 0.02.
    #expect(try word([1: 0.5], 0.669) == "within tolerance")
    #expect(try word([1: 0.5], 0.671) == "differs")
    // The deviation of 0.5 and 0.6 is 0.0707: 0.15 + 0.1414.
    #expect(try word([1: 0.5, 2: 0.6], 0.791) == "within tolerance")
    #expect(try word([1: 0.5, 2: 0.6], 0.792) == "differs")
    let text = try line { own in
      own.summary.value = 0.4
      own.summary.fingerprint = "other"
    }
    #expect(
      text.hasPrefix("\(Self.path): within tolerance, value 40") && text.contains("here, 50") && text.contains("at most 29.14 % apart"),
      "\(text)")
  }

  @Test("of errors without seeds a twentieth is allowed, and each probe counts") func errors() throws {
    let tiny = try tiny()
    func word(_ value: Double, probe: Double) throws -> String {
      for (folderName, value, probe, fingerprint) in [("runs", 1.0, 1.0, "ff"), ("own", value, probe, "other")] {
        var run = FinishedRunFixture(tiny, seed: 1, value: value)
        (run.summary.metric, run.summary.errorVariance, run.summary.fingerprint) = (.meanSquaredError, 0.01, fingerprint)
        run.summary.probes = [RunSummary.ProbeResult(name: "half", value: probe, loss: 1, errorVariance: 0.01)]
        try run.write(results: folder)
        guard folderName == "runs" else { continue }
        try? FileManager.default.removeItem(atPath: "\(folder)/shipped")
        try Shipment(ExperimentCatalogue.shared(), results: folder, excerpts: ExperimentCatalogue.shared().excerpts).ship(
          [.smoke], analytic: AnalyticShipment(results: folder, inputs: "none")
        ) { _ in }
      }
      return try RunVerification.all(ExperimentCatalogue.shared(), results: folder).verifications[0].word
    }
    // 3·√(0.01/100) + 0.05
    #expect(try word(1.079, probe: 1) == "within tolerance")
    #expect(try word(1.081, probe: 1) == "differs")
    #expect(try word(1, probe: 0.91) == "differs")
  }

  @Test("other data, another configuration and a damaged run are told apart") func others() throws {
    #expect(try line { $0.summary.dataCards = [RunSummary.DataCard(path: "p", sha256: "s")] } == "\(Self.path): other data")
    var other = try tiny().configuration
    other.training.epochs += 1
    #expect(try verify(configuration: other) { _ in }.verifications.map(\.word) == ["other configuration"])
    try FileManager.default.removeItem(atPath: "\(folder)/runs/\(Self.path)/metrics.csv")
    let damaged = try RunVerification.all(ExperimentCatalogue.shared(), results: folder).verifications
    #expect(damaged.map(\.word) == ["damaged"] && damaged[0].isFailure)
    try AtomicFile.write("1", to: "\(folder)/shipped/extra")
    #expect(throws: StageError.self) { try RunVerification.all(ExperimentCatalogue.shared(), results: folder) }
  }
}

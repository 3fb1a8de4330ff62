import Catalogue
import Foundation
import RunFixtures
import RunPlanning
import RunSupport
import Runs
import TestSupport
import Testing

/// The memory that a plan says and a job asks for, beside what runs took.
@Suite struct MemoryOfRunsTests {
  /// Jobs ask for two fifths more than is expected (`SizeClass`).
  private static let bound = 0.25
  private static let machine = RunCostTests.machines.first

  private func expect(_ peakMiB: Double, of experiment: Experiment) throws {
    let expected = RunCost(experiment, on: try #require(Self.machine)).memoryBytes / 1_048_576
    #expect(abs(expected / peakMiB - 1) < Self.bound, "\(experiment.id): \(expected) MiB, measured \(peakMiB)")
  }

  @Test("runs that came with the repository took what is expected") func shipped() throws {
    let runs = try FinishedRuns(results: Fixtures.repository + "/results", origins: [.shipped]).runs.filter { run in
      // Of an interrupted run the peak is that of its last process, which may not have trained.
      let data = try InputFile.data(run.directory + "/provenance.json", fix: "-")
      return try run.summary.device == nil && JSONDecoder().decode(Provenance.self, from: data).sittings.count == 1
    }
    let experiments = Dictionary(grouping: runs) { "\($0.summary.experiment)/\($0.summary.preset.rawValue)" }
    #expect(experiments.count { $0.key.hasSuffix("/reduced") } >= 10)
    for runs in experiments.values {
      let (summary, peak) = (runs[0].summary, runs.map(\.summary.peakMemoryMB).max() ?? 0)
      try expect(peak, of: try ExperimentCatalogue.shared().resolve(id: summary.experiment, preset: summary.preset))
    }
  }
}

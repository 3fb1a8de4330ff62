import ArgumentParser
import Catalogue
import ExperimentOptions
import Foundation
import RunPlanning
import ToolSupport

struct ShowStatus: Tool {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says which runs are done, shipped, stale, running, interrupted or missing.",
    discussion: """
      Stale runs are only reported; nothing retrains because of them. make run with AGAIN=1 moves one aside and \
      trains it again from the beginning; without its summary.json alone it continues from its checkpoints, which ends with the same result.
      """)

  @Option(help: "Only this preset.") var preset: Preset?
  @Flag(help: "Also the experiments that have no run.") var all = false
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  private struct Entry {
    let experiment: Experiment
    let runs: [(seed: UInt64, status: RunStatus)]

    var hasRuns: Bool { runs.contains { $0.status != .missing } }
  }

  func run() throws {
    let (revision, jobs) = (results.revision, try submittedJobs())
    let entries = try catalogue.load().all.filter { preset == nil || $0.preset == preset }.map { experiment in
      let submitted = jobs?.seeds(of: experiment).filter { !experiment.seeds.contains($0) } ?? []
      return Entry(
        experiment: experiment,
        runs: (experiment.seeds + submitted).map {
          ($0, RunStatus.of(experiment, seed: $0, results: results.results, revision: revision, jobs: jobs))
        })
    }
    for preset in Preset.allCases {
      let entries = entries.filter { $0.experiment.preset == preset }
      let shown = entries.filter { all || $0.hasRuns }
      for group in Set(shown.map(\.experiment.group)).sorted() {
        print("\(group), preset \(preset.rawValue)")
        printColumns([["  EXPERIMENT", "SEED", "STATUS"]] + shown.filter { $0.experiment.group == group }.flatMap(Self.lines))
        print("")
      }
    }
    printTotals(entries)
    printLegend(entries)
  }

  private static func lines(of entry: Entry) -> [[String]] {
    entry.runs.map { ["  " + entry.experiment.id, "\($0.seed)", $0.status.text] }
  }

  /// What was submitted to a scheduler; nil where nothing was, and then nothing is asked.
  private func submittedJobs() throws -> SubmittedJobs? {
    guard FileManager.default.fileExists(atPath: "\(results.results)/jobs") else { return nil }
    let slurm = Slurm()
    return try SubmittedJobs(results: results.results, queue: slurm.knownQueue(warn: Self.warn), pastStates: slurm.pastStates)
  }

  private struct Column: Sendable {
    let title: String
    /// Whether it is left out where it is empty: on a machine without a scheduler.
    var isOptional = false
    let matches: @Sendable (RunStatus) -> Bool
  }

  private static let columns = [
    Column(title: "DONE") { $0 == .done }, Column(title: "SHIPPED") { $0.isShipped },
    Column(title: "STALE") { if case .stale = $0 { true } else { false } },
    Column(title: "RUNNING") { if case .running = $0 { true } else { false } },
    Column(title: "QUEUED", isOptional: true) { if case .queued = $0 { true } else { false } },
    Column(title: "FAILED", isOptional: true) { if case .failed = $0 { true } else { false } },
    Column(title: "INTERRUPTED") { $0 == .interrupted }, Column(title: "MISSING") { $0 == .missing },
  ]

  private func printTotals(_ entries: [Entry]) {
    func runs(_ preset: Preset?) -> [RunStatus] {
      entries.filter { preset == nil || $0.experiment.preset == preset }.flatMap { $0.runs.map(\.status) }
    }
    let columns = Self.columns.filter { !$0.isOptional || runs(nil).contains(where: $0.matches) }
    let lines = Preset.allCases.compactMap { preset -> [String]? in
      let runs = runs(preset)
      return runs.isEmpty ? nil : [preset.rawValue, "\(runs.count)"] + columns.map { "\(runs.filter($0.matches).count)" }
    }
    printColumns([["PRESET", "RUNS"] + columns.map(\.title)] + lines)
  }

  private func printLegend(_ entries: [Entry]) {
    let isSubmitted = entries.contains { entry in
      entry.runs.contains { if case .queued = $0.status { true } else if case .failed = $0.status { true } else { false } }
    }
    let submitted = """
      queued       in the scheduler's queue
      failed       its job ended without a result, for the reason that is said; make submit-… takes it up again

      """
    print(
      """

      done         finished by the present code and configuration
      shipped      came with the repository; make run trains an own one beside it
      stale        finished by other code (its result still counts) or under another configuration (left out of tables); never retrained \
      because of that
      running      a process trains it now
      \(isSubmitted ? submitted : "")interrupted  begun; the same command continues it
      missing      never begun; make plan PRESET=\((preset ?? .reduced).rawValue) names them all with their hours

      \(next(entries))
      """)
  }

  private func next(_ entries: [Entry]) -> String {
    let begun = entries.lazy.flatMap { entry in entry.runs.lazy.filter { $0.status == .interrupted }.map { (entry.experiment, $0.seed) } }
    if let (experiment, seed) = begun.first {
      return "Next: make run EXPERIMENT=\(experiment.id) SEED=\(seed) PRESET=\(experiment.preset.rawValue) continues an interrupted run"
    }
    guard let finished = entries.first(where: \.hasRuns) else { return "Next: make quickstart trains the first runs" }
    return "Next: make compare PRESET=\(finished.experiment.preset.rawValue) sets results beside the published numbers; "
      + "make why TARGET=\(finished.experiment.id) PRESET=\(finished.experiment.preset.rawValue) explains a run's state"
  }
}

import ArgumentParser
import Experiments
import RunSupport
import ToolSupport

struct ShowStatus: Tool {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Says which runs are done, stale, running, interrupted or missing.",
    discussion: """
      Stale runs are only reported; nothing retrains because of them. To make one again from the beginning delete its folder; without its \
      summary.json alone it continues from its checkpoints, which ends with the same result.
      """)

  @Option(help: "Only this preset.") var preset: Preset?
  @Flag(help: "Also the experiments that have no run.") var all = false
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    let revision = results.revision
    let experiments = try catalogue.load().all.filter { preset == nil || $0.preset == preset }
    let statuses = experiments.map { experiment in
      (experiment, runs: experiment.seeds.map { ($0, RunStatus.of(experiment, seed: $0, results: results.results, revision: revision)) })
    }
    let shown = statuses.filter { all || $0.runs.contains { $0.1 != .missing } }
    let rows = shown.flatMap { experiment, runs in
      runs.map { seed, status in [experiment.id, experiment.preset.rawValue, "\(seed)", status.text] }
    }
    if !rows.isEmpty { printColumns([["EXPERIMENT", "PRESET", "SEED", "STATUS"]] + rows) }
    for preset in Preset.allCases {
      func count(_ list: [(Experiment, runs: [(UInt64, RunStatus)])]) -> Int { list.filter { $0.0.preset == preset }.count }
      let missing = count(statuses) - count(shown)
      let name = preset.rawValue
      if missing > 0 { print("\(missing) experiments have no run at preset \(name); make plan PRESET=\(name) names them") }
    }
  }
}

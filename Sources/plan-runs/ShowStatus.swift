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
  @OptionGroup var catalogue: CatalogueOptions
  @OptionGroup var results: ResultOptions

  func run() throws {
    let revision = results.revision
    let experiments = try catalogue.load().all.filter { preset == nil || $0.preset == preset }
    let rows = experiments.flatMap { experiment in
      experiment.seeds.map { seed in
        let status = RunStatus.of(experiment, seed: seed, results: results.results, revision: revision)
        return [experiment.id, experiment.preset.rawValue, "\(seed)", status.text]
      }
    }
    printColumns([["EXPERIMENT", "PRESET", "SEED", "STATUS"]] + rows)
  }
}

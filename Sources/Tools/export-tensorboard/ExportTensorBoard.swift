import ArgumentParser
import ExperimentOptions
import Exports
import Foundation
import RunSupport
import Runs
import ToolSupport

@main
struct ExportTensorBoard: Tool {
  static let configuration = CommandConfiguration(
    commandName: "export-tensorboard", abstract: "Metrics and configuration of finished runs as event files of TensorBoard.",
    discussion: """
      Writes OUTPUT/EXPERIMENT/PRESET/seed-N/events.out.tfevents.ssm-repro for each run; TensorBoard takes OUTPUT as its --logdir. Only \
      `make tensorboard` builds this tool.
      """)

  @Option(
    name: .customLong("run"),
    help: "Experiment, preset and seed, such as tiny-listops-hope/smoke/seed-1, or the folder of a run; may be repeated.")
  var names: [String]
  @Option(help: "Folder of event files.", completion: .directory) var output = "results/tensorboard"
  @OptionGroup var results: ResultOptions

  func run() throws {
    let runs = try names.map { try FinishedRun(named: $0, results: results.results) }
    var written = WrittenFiles()
    for run in runs {
      let path = "\(output)/\(run.path)/events.out.tfevents.ssm-repro"
      written.note(path, changed: try AtomicFile.writeIfChanged(try EventFile.content(try RunEvents(run)), to: path))
    }
    written.finish(in: output, "event files")
    print("tensorboard --logdir \(output) shows them")
  }
}

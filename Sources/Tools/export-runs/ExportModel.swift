import ArgumentParser
import ExperimentOptions
import Exports
import Operations
import Runs
import ToolSupport

struct ExportModel: Tool {
  static let configuration = CommandConfiguration(
    commandName: "model", abstract: "The best weights of a run as a folder that PyTorch alone can use.",
    discussion: """
      Writes OUTPUT/EXPERIMENT/PRESET/seed-N/ with the weights as safetensors, configuration, a program that rebuilds the model, an example by \
      which it checks itself, and a page. Models of layers (S4D, TFB, HOPE, DFouT) can be exported; those of waves, denoising, the delay task \
      and videos cannot.
      """)

  @Option(name: .customLong("run"), help: "Experiment, preset and seed, such as tiny-listops-hope/smoke/seed-1, or the folder of a run.")
  var name: String
  @Option(help: "Folder of exported models.", completion: .directory) var output = "results/exports"
  @Option(help: "The program that rebuilds the model.", completion: .file()) var program = "scripts/pytorch/model.py"
  @Option(help: "Folder with the prepared data, for their card.", completion: .directory) var data = "data/prepared"
  @OptionGroup var results: ResultOptions

  func run() throws {
    try NumericEnvironment.prepareProcess()
    let run = try FinishedRun(named: name, results: results.results)
    let export = try ModelExport(run)
    let folder = "\(output)/\(run.path)"
    let files = try export.write(to: folder, program: program, preparedData: data)
    print("\(folder): \(files.joined(separator: ", "))")
    print("python \(folder)/model.py compares it with the run; it needs PyTorch alone")
  }
}

import ArgumentParser
import Catalogue
import ComputingOptions
import Foundation
import Operations
import RunSupport
import Runs
import SystemAnalysis
import ToolSupport

struct PerturbSystems: Tool {
  static let configuration = CommandConfiguration(
    commandName: "perturb", abstract: "Metric and transfer functions of a trained model whose systems are changed at random, as CSV.",
    discussion: """
      Changed are λ, B and C of S4D and TFB (B where the model has one), ξ, Ω and C of DFouT, h of HOPE, each row along normals by \
      exactly the size times its norm. A pole that would leave the left half plane takes another direction. A draw has the same directions \
      at every size, and the same seed gives the same file. The first row is the model as it is. Columns: docs/perturbation.md.

      Examples:
        evaluate-model perturb --run results/runs/hope-scifar/reduced/seed-1
        evaluate-model perturb --configuration configuration.json --weights model.safetensors --size 0.01 --draws 20 --output changed.csv
      """)

  @Option(name: .customLong("run"), help: "Folder of a finished run: its configuration and best weights.", completion: .directory)
  var runFolder: String?
  @Option(name: .customLong("configuration"), help: "configuration.json of a run, instead of the one in --run.", completion: .file())
  var configurationFile: String?
  @Option(help: "Weights, a safetensors file, instead of the best ones of --run.", completion: .file()) var weights: String?
  @Option(help: "Relative size of a change, above 0 and below 1; may be repeated (default: 1e-4, 1e-3, 1e-2, 1e-1).") var size: [Double] =
    []
  @Option(help: "Random changes of each size.") var draws = PerturbationStudy.usualDrawCount
  @Option(help: "Seed of the changes.") var seed: UInt64 = 1
  @Option(help: "File to write, as a whole or not at all; without it standard output.", completion: .file()) var output: String?
  @Option(help: "Folder with the prepared data.", completion: .directory) var data = "data/prepared"
  @Option(help: "Threads; all cores by default.") var threads: Int?
  @OptionGroup var computing: DeviceOptions

  func validate() throws {
    for size in size where !(size > 0 && size < 1) { throw ValidationError("--size \(size) must be above 0 and below 1") }
    guard (1...9999).contains(draws) else { throw ValidationError("--draws must be from 1 to 9999") }
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
    guard runFolder != nil || (configurationFile != nil && weights != nil) else {
      throw ValidationError("give --run, or both --configuration and --weights")
    }
  }

  func run() throws {
    try NumericEnvironment.prepareProcess(threadCount: threads)
    let weights = try ModelCheckpoint.weightsFile(weights ?? finishedRun)
    let configurationFile = try configurationFile ?? "\(finishedRun)/configuration.json"
    try RunSummary.check(file: configurationFile)
    let run = try RunSummary.check(file: weights)
    let configuration = try ExperimentConfiguration(fromFile: configurationFile)
    let inputs = try RunInputs(configuration, preparedData: data)
    let name = "changed systems of \(configuration.id)"
    let device = try computing.open(for: name, memory: inputs.deviceMemory())
    if let note = run?.note(measuredOn: device?.description.line) { Messages.line(note) }
    let memory = try inputs.reserveMemory(for: .evaluation, name: name) { Messages.line($0) }
    defer { withExtendedLifetime(memory) {} }
    let study = PerturbationStudy(
      inputs, weights: weights, sizes: size.isEmpty ? PerturbationStudy.usualSizes : size,
      drawCount: draws, seed: seed, on: device)
    let total = 1 + (size.isEmpty ? PerturbationStudy.usualSizes.count : size.count) * draws
    let progress = ProgressReporter(name, total: total, unit: "draws")
    var done = 0
    let text = try study.csv { size, _, value in
      done += 1
      progress.update(done, note: "\(value) at size \(size)")
    }
    progress.finish()
    guard let output else { return print(text, terminator: "") }
    try RunSummary.add(text, to: output)
  }

  /// The folder of the run, which must be finished unless the files are named one by one.
  private var finishedRun: String {
    get throws {
      let folder = runFolder ?? ""
      guard FileManager.default.fileExists(atPath: "\(folder)/summary.json") else {
        throw StageError(
          .missingInput, "there is no finished run in \(folder)", where: "--run", why: "\(folder)/summary.json does not exist",
          fix: "name the folder of a finished run, such as results/runs/ID/PRESET/seed-1, or give --configuration and --weights")
      }
      return folder
    }
  }
}

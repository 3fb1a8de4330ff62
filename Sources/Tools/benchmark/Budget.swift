import Accelerators
import ArgumentParser
import Catalogue
import ExperimentOptions
import Foundation
import RunPlanning
import RunSupport
import Runs
import SequenceModels
import ToolSupport
import Training

/// What training steps would need and do on a GPU that is not there.
struct Budget: Tool {
  static let configuration = CommandConfiguration(
    commandName: "budget",
    abstract: "Compiles training steps for an H100 that need not be there: memory, kernels, bytes, and a time computed from them.",
    discussion: """
      The benchmark's shapes and every configuration of preset paper, each distinct program once. A row of the output whose program is \
      still the same is kept, and a call that was stopped goes on.
      """)

  @Option(help: "The plugin that compiles, of make setup-accelerator, or the path of one.") var plugin = "cuda"
  @Option(help: "Facts of the chip.", completion: .file()) var target = "scripts/accelerator/h100.txtpb"
  @Option(help: "CSV file that is written, row by row.", completion: .file()) var output: String?
  @Option(parsing: .upToNextOption, help: "Only these shapes of the benchmark, and no configurations.") var shapes: [String] = []
  @Option(help: "What products round to: tf32, tf32x3 or fp32.") var precision = Program.ProductPrecision.fast
  @Option(help: "Show so many kernels of each program, those that move most.") var top = 0
  @OptionGroup var catalogue: CatalogueOptions

  func run() throws {
    let folder = PluginFolder()
    let topology = try Topology(
      plugin, target: String(decoding: try InputFile.data(target, fix: "restore it"), as: UTF8.self), folder: folder)
    let compiler = try plugin.contains("/") ? plugin : folder.description(plugin).wheels.first.map { "\($0.name) \($0.version)" } ?? plugin
    let code = DeviceBudget.code(compiler: compiler, precision: precision)
    let part = output.map { $0 + ".part" }
    var earlier = BudgetTable()
    for path in [part, output].compactMap({ $0 }) where FileManager.default.fileExists(atPath: path) {
      earlier.append(try BudgetTable(fromFile: path))
    }
    var table = BudgetTable()
    printRow("program,name,ms_computed,memory_gib,kernels,gigabytes,gflop_products,seconds")
    func add(_ step: PlannedStep) throws {
      let start = ResourceUsage.monotonicSeconds
      let row = try table.add(step, code: code, earlier: earlier) {
        try DeviceBudget(step, on: topology, .h100, compiler: compiler, precision: precision)
      }
      guard let row else { return }
      show(row, seconds: ResourceUsage.monotonicSeconds - start)
      if let part { try AtomicFile.write(table.text, to: part) }
    }
    for shape in try shapes.isEmpty ? BenchmarkShape.reported : shapes.map(BenchmarkShape.named) { try add(planned(shape)) }
    for experiment in try shapes.isEmpty ? catalogue.load().experiments(at: .paper) : [] {
      if let step = try PlannedStep(experiment.configuration, precision: precision) { try add(step) }
    }
    if let output, let part {
      try AtomicFile.write(table.text, to: output)
      unlink(part)
      print("\(output): written")
    }
  }

  private func show(_ row: DeviceBudget, seconds: Double) {
    printRow(
      "\(row.program),\(row.step.name),\(decimals(row.step.trainingMilliseconds)),\(decimals(row.memoryBytes / 0x1p30, 3)),"
        + "\(row.kernelCount),\(decimals(row.bytes / 1e9, 3)),\(decimals(row.products / 1e9)),\(decimals(seconds, 1))")
    for kernel in row.kernels.sorted(by: { $0.bytes > $1.bytes }).prefix(top) {
      printRow("  \(kernel.bytes / 1_000_000) MB \(kernel.operation) \(kernel.name)")
    }
  }

  private func planned(_ shape: BenchmarkShape) throws -> PlannedStep {
    let step = try BenchmarkStep(shape, layer: .s4d, bidirectional: false)
    let recorded = RecordedStep(
      step.model, step.optimizer, metric: .accuracy, probe: .whole,
      shape: BatchShape(
        input: .values(step.input.shape), lengthCount: nil, target: .classes(shape.batchSize)), precision: precision)
    return PlannedStep(
      name: "benchmark-\(shape.name)",
      shape: StepShape(
        .blocks(step.model.configuration), batchSize: shape.batchSize, sequenceLength: shape.sequenceLength), recorded)
  }
}

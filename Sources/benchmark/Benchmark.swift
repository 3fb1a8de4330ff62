import ArgumentParser
import Foundation
import Operations
import RunSupport
import ToolSupport

@main
struct Benchmark: Tool {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measures whole training steps on random data.", subcommands: [TrainStep.self, PlanTransforms.self])
}

struct TrainStep: Tool {
  static let configuration = CommandConfiguration(
    commandName: "train-step", abstract: "Times forward, backward and optimiser step of a plain classifier; CSV on standard output.")

  @Option(help: "One of \(BenchmarkShape.all.map(\.name).joined(separator: ", ")).") var shape: String
  @Option(help: "Its layers: \(BenchmarkStep.Layer.allCases.map(\.rawValue).joined(separator: ", ")).") var layer = BenchmarkStep.Layer.s4d
  @Flag(help: "Two kernels a layer, one for each direction.") var bidirectional = false
  @Option(help: "Threads; all cores by default.") var threads: Int?
  @Option(help: "Counted steps, after one for warm-up.") var runs = 5

  func validate() throws {
    if runs < 1 { throw ValidationError("--runs must be at least 1") }
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
  }

  func run() throws {
    NumericEnvironment.prepareProcess()
    if let threads { Parallel.threadCount = threads }
    let shape = try BenchmarkShape.named(self.shape)
    let step = try BenchmarkStep(shape, layer: layer, bidirectional: bidirectional)
    _ = step.milliseconds()
    let times = (0..<runs).map { _ in step.milliseconds() }.sorted()
    let median = (times[(runs - 1) / 2] + times[runs / 2]) / 2
    let numbers = [median, times[0], times[runs - 1]].map { String(format: "%.2f", $0) }.joined(separator: ",")
    print("shape,direction,ms_median,ms_min,ms_max,peak_rss_mb,threads")
    print(
      "\(shape.name),\(bidirectional ? "bi" : "uni"),\(numbers),\(Int(ResourceUsage.peakMemoryMB.rounded())),\(Parallel.threadCount)")
  }
}

extension BenchmarkStep.Layer: ExpressibleByArgument {}

import ArgumentParser
import Foundation
import Operations
import RunSupport
import ToolSupport

struct TrainStep: Tool {
  static let configuration = CommandConfiguration(
    commandName: "train-step", abstract: "Times forward, backward and optimiser step of a plain classifier; CSV on standard output.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var count: RunCount
  @Flag(help: "One step for each line of standard input, whose milliseconds are printed at once: another program may take turns.")
  var paced = false

  static let header = "shape,direction,ms_median,ms_min,ms_max,peak_rss_mb,threads"

  func run() throws {
    let shape = try model.prepared()
    let step = try BenchmarkStep(shape, layer: model.layer, bidirectional: model.bidirectional)
    step.run()
    let times = paced ? try Times.paced { step.run() } : Times((0..<count.runs).map { _ in Times.milliseconds { step.run() } })
    print(Self.header)
    print(
      "\(shape.name),\(model.direction),\(times.fields),\(Int(ResourceUsage.peakMemoryMB.rounded())),\(Parallel.threadCount)")
  }
}

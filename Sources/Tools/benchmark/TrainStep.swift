import ArgumentParser
import ComputingOptions
import Foundation
import Operations
import RunSupport
import ToolSupport
import Training

struct TrainStep: Tool {
  static let configuration = CommandConfiguration(
    commandName: "train-step", abstract: "Times forward, backward and optimiser step of a plain classifier; CSV on standard output.")

  @OptionGroup var model: ModelOptions
  @OptionGroup var count: RunCount
  @OptionGroup var computing: DeviceOptions
  @Flag(help: "One step for each line of standard input, whose milliseconds are printed at once: another program may take turns.")
  var paced = false

  static let header = "shape,direction,ms_median,ms_min,ms_max,peak_rss_mb,threads"

  func run() throws {
    let shape = try model.prepared()
    let step = try BenchmarkStep(shape, layer: model.layer, bidirectional: model.bidirectional)
    if let device = try computing.open() { return try run(step, shape, on: device) }
    step.run()
    let times = paced ? try Times.paced { step.run() } : Times((0..<count.runs).map { _ in Times.milliseconds { step.run() } })
    print(Self.header)
    print(
      "\(shape.name),\(model.direction),\(times.fields),\(Int(ResourceUsage.peakMemoryMB.rounded())),\(Parallel.threadCount)")
  }

  /// Compilation is told apart, and so is the device.
  private func run(_ plain: BenchmarkStep, _ shape: BenchmarkShape, on computing: ComputingDevice) throws {
    let step = DeviceStep(plain, on: computing)
    let first = try Times.milliseconds { try step.run() }
    try step.run()
    var losses: [Double] = []
    let times = Times(try (0..<count.runs).map { _ in try Times.milliseconds { losses.append(try step.run()) } })
    try step.finish()
    print(Self.header + ",first_ms,last_loss,device")
    print(
      "\(shape.name),\(model.direction),\(times.fields),\(Int(ResourceUsage.peakMemoryMB.rounded())),\(Parallel.threadCount),"
        + "\(decimals(first)),\(decimals(losses[losses.count - 1], 6)),\"\(computing.description.line)\"")
  }
}

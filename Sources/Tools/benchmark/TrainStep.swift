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
  @Flag(help: "On a device: let its compiler add in any order, with which no training runs; measures what equal bits cost.")
  var anyOrder = false

  static let header = "shape,direction,ms_median,ms_min,ms_max,peak_rss_mb,threads"

  func validate() throws {
    if paced, computing.device != nil { throw ValidationError("--paced is for our own engine: leave out --device") }
    if anyOrder, computing.device == nil { throw ValidationError("--any-order is for a device: name it with --device") }
  }

  func run() throws {
    let shape = try model.prepared()
    let step = try BenchmarkStep(shape, layer: model.layer, bidirectional: model.bidirectional)
    if let device = try computing.open(keepsOrder: !anyOrder) {
      return try DeviceTimes(DeviceStep(step, on: device), count: count.runs, on: device).show(begin: fields(shape))
    }
    step.run()
    let times = paced ? try Times.paced { step.run() } : Times((0..<count.runs).map { _ in Times.milliseconds { step.run() } })
    print(Self.header)
    print(fields(shape)(times))
  }

  /// The fields of the header.
  private func fields(_ shape: BenchmarkShape) -> (Times) -> String {
    { "\(shape.name),\(model.direction),\($0.fields),\(Int(ResourceUsage.peakMemoryMB.rounded())),\(Parallel.threadCount)" }
  }
}

import ArgumentParser
import Operations
import RunSupport
import ToolSupport

struct VideoStep: Tool {
  static let configuration = CommandConfiguration(
    commandName: "video-step",
    abstract: "Times forward, backward and optimiser step of ConvS5, beside what its plain products take at their measured rate; CSV.")

  @OptionGroup var video: VideoOptions
  @OptionGroup var count: RunCount
  @Flag(help: "One step for each line of standard input, whose milliseconds are printed at once: another program may take turns.")
  var paced = false

  func run() throws {
    let step = try video.prepared()
    step.run()
    let times = paced ? try Times.paced { step.run() } : Times((0..<count.runs).map { _ in Times.milliseconds { step.run() } })
    let memory = Int(ResourceUsage.peakMemoryMB.rounded())
    // Behind the steps: its matrices are large.
    let floor = paced ? nil : 1e3 * step.shape.arithmetic / MachineRates(size: 2048, runs: 3).productsPerSecond
    print("shape,ms_median,ms_min,ms_max,peak_rss_mb,floor_ms,threads")
    print("\(step.shape.name),\(times.fields),\(memory),\(floor.map { decimals($0) } ?? ""),\(Parallel.threadCount)")
  }
}

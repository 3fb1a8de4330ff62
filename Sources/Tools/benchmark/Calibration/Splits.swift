import ArgumentParser
import Foundation
import Operations
import RunPlanning
import RunSupport
import Runs
import ToolSupport

/// Measures how many runs at a time a machine makes fastest.
struct Splits: Tool {
  static let configuration = CommandConfiguration(
    commandName: "splits", abstract: "Times several runs at once, from one with all threads to one a core, for make -j.",
    discussion: """
      Each run is a process of its own, and all of them make steps of one shape until the time is over. A split that needs more memory than is \
      free is left out. The file keeps the rows of other processors, code and numbers of cores.
      """)

  @Option(help: "CSV file that make -j and plans read; this machine's rows in it are replaced.", completion: .file()) var output: String?
  @Option(help: "Cores to use; all by default.") var cores = ProcessInfo.processInfo.activeProcessorCount
  @Option(parsing: .upToNextOption, help: "Shapes of steps, names of calibrate.") var shapes = ["image-reduced", "listops"]
  @Option(help: "Seconds of each measurement, start included.") var seconds = 5.0

  func validate() throws {
    if cores < 1 { throw ValidationError("--cores must be at least 1") }
    if !(seconds > 0 && seconds < 3600) { throw ValidationError("--seconds must be above 0 and below 3600") }
  }

  func run() throws {
    let names = try shapes.map { try CalibrationShape.named($0).name }
    let earlier = try output.map { FileManager.default.fileExists(atPath: $0) ? try MeasuredSplit.read(fromFile: $0) : [] } ?? []
    printRow("shape,runs,threads,steps_per_second")
    let rows = try names.flatMap(measure)
    guard let output, let first = rows.first else { return }
    try AtomicFile.write(MeasuredSplit.document(rows + earlier.filter { !$0.isComparable(to: first) }), to: output)
    print("\(output): written; \(SplitChoice(rows, processor: first.processor, cores: cores).text)")
  }

  private func measure(_ shape: String) throws -> [MeasuredSplit] {
    var memory = 0.0
    return try RunSplit.all(cores: cores).compactMap { split in
      if let free = FreeMemory.resident(), Double(split.runs) * memory > Double(free.bytes) {
        Messages.line("\(shape), \(split.text): left out, \(free.origin) has no memory for them")
        return nil
      }
      let runs = try together(split, shape)
      memory = max(memory, runs.map(\.bytes).max() ?? 0)
      let rate = runs.reduce(0) { $0 + $1.rate }
      printRow("\(shape),\(split.runs),\(split.threads),\(decimals(rate, 3))")
      return MeasuredSplit(
        processor: RunningProcess.processorName, code: Calibrate.code, cores: cores, split: split, shape: shape, stepsPerSecond: rate)
    }
  }

  /// Steps a second of each run of a split, and bytes that it took.
  private func together(_ split: RunSplit, _ shape: String) throws -> [(rate: Double, bytes: Double)] {
    let words = [
      "split-run", "--shape", shape, "--threads", String(split.threads), "--until", String(ResourceUsage.monotonicSeconds + seconds),
    ]
    return try orderedMap(0..<split.runs, threadCount: split.runs) { _ in
      let row = try MeasuredProcess.row(words)
      return (Double(row["steps_per_second"] ?? "") ?? 0, 1e6 * (Double(row["peak_rss_mb"] ?? "") ?? 0))
    }
  }
}

/// One of the runs of a split.
struct SplitRun: Tool {
  static let configuration = CommandConfiguration(
    commandName: "split-run", abstract: "Makes steps until a moment, beside others that do the same.", shouldDisplay: false)

  @Option(help: "Shape of calibrate.") var shape: String
  @Option(help: "Threads.") var threads: Int
  @Option(help: "The moment, in seconds of the system's monotonic clock.") var until: Double

  func validate() throws {
    if threads < 1 { throw ValidationError("--threads must be at least 1") }
  }

  func run() throws {
    try NumericEnvironment.prepareProcess(threadCount: threads)
    let rate = try CalibrationStep(CalibrationShape.named(shape)).stepsPerSecond(until: until)
    print("steps_per_second,peak_rss_mb\n\(decimals(rate, 4)),\(decimals(ResourceUsage.peakMemoryMB, 1))")
  }
}

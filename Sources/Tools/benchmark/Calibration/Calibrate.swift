import ArgumentParser
import Foundation
import Operations
import RunPlanning
import RunSupport
import Runs
import ToolSupport

/// Measures this machine for plans.
struct Calibrate: Tool {
  static let configuration = CommandConfiguration(
    commandName: "calibrate", abstract: "Times steps of about twenty shapes, from which plans compute the hours of any run here.",
    discussion: """
      Each time is the fastest of a few, so short disturbances do little harm; a machine that is busy throughout looks slower than it is. \
      The file keeps the rows of other processors, code and numbers of threads.
      """)

  @Option(help: "CSV file that plans read; this machine's rows in it are replaced.", completion: .file()) var output: String?
  @Option(help: "Threads; all cores by default.") var threads: Int?
  @Option(parsing: .upToNextOption, help: "Only these shapes, for a look; plans need all.") var shapes: [String] = []
  @Option(help: "Seconds after which no more steps of a shape are made.") var seconds = 0.8

  func validate() throws {
    if let threads, threads < 1 { throw ValidationError("--threads must be at least 1") }
    if seconds <= 0 { throw ValidationError("--seconds must be above 0") }
  }

  func run() throws {
    try NumericEnvironment.prepareProcess(threadCount: threads)
    let chosen = try shapes.isEmpty ? CalibrationShape.all : shapes.map(CalibrationShape.named)
    let earlier = try output.map { FileManager.default.fileExists(atPath: $0) ? try MeasuredStep.read(fromFile: $0) : [] } ?? []
    printRow("shape,ms_training,ms_evaluation")
    let rows = try chosen.map { shape in
      let times = try CalibrationStep(shape).measure(seconds: seconds)
      printRow("\(shape.name),\(decimals(times.training)),\(decimals(times.evaluation))")
      return MeasuredStep(
        processor: RunningProcess.processorName, code: Self.code, threads: Parallel.threadCount, name: shape.name, shape: shape.step,
        trainingMilliseconds: times.training, evaluationMilliseconds: times.evaluation)
    }
    guard let output else { return }
    let others = earlier.filter { !($0.processor == rows[0].processor && $0.code == rows[0].code && $0.threads == rows[0].threads) }
    // The last measured machine comes first, and is the one that plans take.
    try AtomicFile.write(MeasuredStep.document(rows + others), to: output)
    print("\(output): written; plans now say hours for this machine")
  }

  /// Vector instructions of our kernels and the kernels of BLAS.
  static var code: String { "\(NumericEnvironment.Vectors.compiled.rawValue), \(NumericEnvironment.current().blasCore)" }
}

import ArgumentParser
import Foundation
import RunPlanning
import Runs

/// How the cores of this machine are divided among runs.
struct SplitOptions: ParsableArguments {
  @Option(help: "What make calibrate measured of several runs at once; it need not be there.", completion: .file())
  var splits = "results/benchmark/splits.csv"
  @Option(help: "Cores that are divided among runs.") var cores: Int?

  func validate() throws {
    if let cores, cores < 1 { throw ValidationError("--cores must be at least 1") }
  }

  /// - Throws: `StageError`, as of `SplitChoice`.
  func choice() throws -> SplitChoice {
    try SplitChoice(
      fromFile: splits, processor: RunningProcess.processorName, cores: cores ?? ProcessInfo.processInfo.activeProcessorCount)
  }
}

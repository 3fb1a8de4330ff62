import ArgumentParser
import Foundation
import Operations
import RunPlanning

/// Which machine hours are for.
struct MachineOptions: ParsableArguments {
  @Option(help: "Measured times of a step that the project ships.", completion: .file()) var stepTimes = "docs/step-times.csv"
  @Option(help: "Those of this machine, which make calibrate writes; taken if they are there.", completion: .file())
  var calibration = "results/benchmark/step-times.csv"
  @Option(help: "Computed times of a step on a GPU, of make accelerator-budget.", completion: .file())
  var budget = "docs/accelerator-budget.csv"
  @Option(help: "A measured or computed machine in place of this one, or a part of its name, such as AVX2 or H100.") var machine: String?

  /// - Parameter device: the plugin that trains; of a GPU the computed hours are taken, unless a machine is named.
  /// - Throws: `StageError` as of `Machine.choose`.
  func chosen(for device: String? = nil) throws -> Machine {
    let computed = FileManager.default.fileExists(atPath: budget) ? [budget] : []
    return try Machine.choose(
      calibrated: calibration, shipped: [stepTimes] + computed, vectors: NumericEnvironment.Vectors.compiled.rawValue,
      name: machine ?? ComputedDevice.standIn(for: device)?.name)
  }
}

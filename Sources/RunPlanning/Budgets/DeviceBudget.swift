import Accelerators
import RunSupport
import Runs

/// What a training step needs and does on a device, from its compiled program: a row of `docs/accelerator-budget.csv`.
package struct DeviceBudget: Sendable {
  /// The step's time as plans read it; computed, not measured.
  package let step: MeasuredStep
  /// Hash of the program's text without its rates.
  package let program: String
  /// Bytes of the device's memory.
  package let memoryBytes: Double
  package let kernelCount: Int
  /// The kernels themselves; none of a row that was read.
  package let kernels: [Kernel]
  /// Bytes that its kernels read and write.
  package let bytes: Double
  /// Operations of its products.
  package let products: Double
  /// Every configuration with this program.
  package var configurations: [String]

  package init(
    step: MeasuredStep, program: String, memoryBytes: Double, kernelCount: Int, bytes: Double, products: Double, configurations: [String]
  ) {
    (self.step, self.program, self.memoryBytes, self.kernelCount) = (step, program, memoryBytes, kernelCount)
    (self.bytes, self.products, self.configurations, kernels) = (bytes, products, configurations, [])
  }

  /// Compiles a step for a device that need not be there.
  ///
  /// - Parameter compiler: the plugin's name and version.
  /// - Throws: `StageError`, as `Topology.compile`.
  package init(
    _ planned: PlannedStep, on topology: Topology, _ device: ComputedDevice, compiler: String,
    precision: Program.ProductPrecision
  ) throws {
    let program = try topology.compile(planned.text, options: .steps(platform: "cuda"))
    kernels = program.kernels
    let work = planned.productWork
    let milliseconds = device.milliseconds(program, work)
    step = MeasuredStep(
      processor: device.name, code: Self.code(compiler: compiler, precision: precision), threads: 1, name: planned.name,
      shape: planned.shape,
      trainingMilliseconds: milliseconds, evaluationMilliseconds: milliseconds * Self.evaluationShare)
    self.program = planned.program
    memoryBytes = Double(program.memoryPlan.total)
    kernelCount = program.kernels.count
    bytes = Double(program.bytes)
    products = work.rounded + work.exact + work.double
    configurations = [planned.name]
  }

  /// How the codes of machines begin that were not measured.
  static let codePrefix = "computed"
  /// Of a training step's time, what an evaluation of the same batch takes.
  static let evaluationShare = 1.0 / 3

  /// What compiled a step, and how: part of its name among machines.
  package static func code(compiler: String, precision: Program.ProductPrecision) -> String {
    "\(codePrefix), \(precision.rawValue), \(compiler)"
  }
}

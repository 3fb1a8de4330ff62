import Accelerators
import Datasets
import RunSupport
import Training

/// The same training step as a program on a device.
final class DeviceStep {
  private let plain: BenchmarkStep
  private let step: DeviceTrainingStep
  private let batch: Batch
  private var state = TrainingState(seed: 1)

  init(_ plain: BenchmarkStep, on computing: ComputingDevice) {
    self.plain = plain
    step = DeviceTrainingStep(
      model: plain.model, optimizer: plain.optimizer, metric: .accuracy, probe: .whole, on: computing)
    batch = Batch(input: .values(plain.input.downloaded()), target: .classes(plain.labels))
  }

  /// Compiles the step; returns what it needs of the device's memory, where the plugin tells.
  func prepare() throws -> MemoryPlan? { try step.prepare(for: batch) }

  /// One step, which starts before the one before is waited for: what a training takes for each.
  ///
  /// - Returns: the loss before the earlier step; of the first step, its own.
  @discardableResult
  func run() throws -> Double { try step.run(batch, factor: 1, state: &state) }

  /// Waits for all steps.
  ///
  /// - Returns: the SHA-256 of the weights that they have left.
  func finish() throws -> String {
    try step.synchronize(&state)
    let hash = FileHash(.sha256)
    for parameter in plain.model.parameters { parameter.value.downloaded().withBytes { hash.update($0) } }
    return hash.finish()
  }
}

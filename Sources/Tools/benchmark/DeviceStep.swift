import Datasets
import Training

/// The same training step as a program on a device.
final class DeviceStep {
  private let step: DeviceTrainingStep
  private let batch: Batch
  private var state = TrainingState(seed: 1)

  init(_ plain: BenchmarkStep, on computing: ComputingDevice) {
    step = DeviceTrainingStep(
      model: plain.model, optimizer: plain.optimizer, metric: .accuracy, probe: .whole, on: computing)
    batch = Batch(input: .values(plain.input.downloaded()), target: .classes(plain.labels))
  }

  /// One step, which starts while the one before is waited for: what a training takes for each; returns the loss before the earlier step.
  @discardableResult
  func run() throws -> Double { try step.run(batch, factor: 1, state: &state) }

  /// Waits for all steps.
  func finish() throws { try step.synchronize(&state) }
}

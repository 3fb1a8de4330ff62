import Accelerators
import ArgumentParser
import Training

/// On which device a tool computes.
package struct DeviceOptions: ParsableArguments {
  @Option(
    help: """
      Device to compute on: a plugin that `make setup-accelerator` has set up, such as cuda, or the path of one; without it our own engine.
      """) package var device: String?
  @Option(help: "What products on a device round to: tf32, as the reference trains, tf32x3 or fp32.")
  package var precision = Program.ProductPrecision.fast

  package init() {}

  /// The device, opened; nil for our own engine.
  ///
  /// - Throws: `StageError`, as `Device.open`.
  package func open() throws -> ComputingDevice? { try device.map { try ComputingDevice(Device.open($0), precision: precision) } }
}

extension Program.ProductPrecision: ExpressibleByArgument {}

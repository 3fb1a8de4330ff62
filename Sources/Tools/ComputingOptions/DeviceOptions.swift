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
  @Option(
    help: """
      Part of the device's memory to take at the start, such as 0.45 where two processes share it; without it memory grows as it is needed.
      """) package var deviceMemory: String?

  package init() {}

  /// The same options as words of another tool's command line.
  package var arguments: [String] {
    guard let device else { return [] }
    return ["--device", device, "--precision", precision.rawValue] + (deviceMemory.map { ["--device-memory", $0] } ?? [])
  }

  /// The device, opened; nil for our own engine.
  ///
  /// - Parameter keepsOrder: as for `ComputingDevice`.
  /// - Throws: `StageError`, as `Device.open` and `Device.MemoryShare`.
  package func open(keepsOrder: Bool = true) throws -> ComputingDevice? {
    let memory = try deviceMemory.map(Device.MemoryShare.init(text:)) ?? .growing
    return try device.map { try ComputingDevice(Device.open($0, memory: memory), precision: precision, keepsOrder: keepsOrder) }
  }
}

extension Program.ProductPrecision: ExpressibleByArgument {}

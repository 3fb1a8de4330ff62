import Accelerators
import ArgumentParser
import RunSupport
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
      Part of the device's memory to take at the start, such as 0.45 where two processes share it; without it a run takes room on an NVIDIA GPU \
      by its planned memory, or memory grows as it is needed.
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
    let memory = try memoryShare ?? .growing
    return try device.map { try ComputingDevice(Device.open($0, memory: memory), precision: precision, keepsOrder: keepsOrder) }
  }

  /// The device, opened with room for one run beside those of others; nil for our own engine.
  ///
  /// - Parameters:
  ///   - run: its name, as others that wait are told.
  ///   - memory: bytes of the device that it needs, where the user says no part; nil where they are not known.
  ///   - interruption: asked while it waits for room; a non-nil answer ends that.
  /// - Throws: `StageError`, as `Device.open` and `Device.MemoryShare`, and what `interruption` says.
  package func open(
    for run: String, memory: @autoclosure () throws -> Int?, interruption: () -> StageError? = { nil }
  ) throws -> ComputingDevice? {
    guard let device else { return nil }
    let size = try memoryShare?.fraction.map(GPUNeed.Size.part) ?? memory().map(GPUNeed.Size.bytes) ?? .whole
    let opened = try Device.open(device, sharing: GPUNeed(name: run, size: size), interruption: interruption) {
      Messages.line("\(run): \($0)")
    }
    return try ComputingDevice(opened, precision: precision)
  }

  private var memoryShare: Device.MemoryShare? { get throws { try deviceMemory.map(Device.MemoryShare.init(text:)) } }
}

extension Program.ProductPrecision: ExpressibleByArgument {}

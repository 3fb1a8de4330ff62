import Accelerators
import Arrays
import Datasets
import Operations
import SequenceModels

/// A device that trains, and how its programs are compiled.
package struct ComputingDevice {
  /// What decides the bits of what it computes, and what a reader wants to know of it.
  package struct Description: Codable, Sendable, Equatable {
    /// The plugin's word for its kind of devices, such as `cuda`.
    package var platform: String
    /// Such as `NVIDIA H100 80GB HBM3`.
    package var kind: String
    package var pluginVersion: String
    package var pluginSHA256: String
    /// What products of float32 matrices may round their operands to.
    package var precision: Program.ProductPrecision
    /// Flags of the compiler, by their names.
    package var flags: [String: String]

    /// In short: `cuda, NVIDIA H100 80GB HBM3, tf32`.
    package var line: String { ([platform] + (kind == platform ? [] : [kind]) + [precision.rawValue]).joined(separator: ", ") }
  }

  package let device: Device
  package let precision: Program.ProductPrecision
  package let description: Description
  private let options: CompileOptions
  private let store: ProgramStore

  /// - Parameter keepsOrder: false for the compiler's usual flags, with which two runs differ in bits: for measuring what equal bits cost.
  /// - Throws: `StageError` (`inputOutput`) if the plugin's file cannot be read.
  package init(_ device: Device, precision: Program.ProductPrecision, keepsOrder: Bool = true) throws {
    // Processors multiply float32 as it is.
    let precision = device.platform == "cpu" ? .full : precision
    (self.device, self.precision) = (device, precision)
    options = keepsOrder ? .steps(platform: device.platform) : CompileOptions()
    store = ProgramStore(device)
    description = Description(
      platform: device.platform, kind: device.kind, pluginVersion: device.platformVersion, pluginSHA256: try device.plugin.hash(),
      precision: precision, flags: options.flags.mapValues(\.text))
  }

  /// Single operations, in float32 throughout.
  package var programs: DevicePrograms { DevicePrograms(device, options: options) }

  func compile(_ text: String) throws -> CompiledProgram { try store.program(text, options: options).program }

  /// The input of a batch and its lengths, in the order of `RecordedBatch`.
  func upload(inputOf batch: Batch) throws -> [DeviceBuffer] {
    let input: DeviceBuffer =
      switch batch.input {
      case .values(let values): try device.upload(values)
      case .tokens(let tokens, _, _): try device.upload(tokens)
      case .frames(let frames): try device.upload(frames)
      }
    return [input] + (try batch.lengths.map { [try device.upload($0.map { Int32($0) })] } ?? [])
  }

  /// The same, then the target.
  func upload(_ batch: Batch) throws -> [DeviceBuffer] {
    let target: DeviceBuffer =
      switch batch.target {
      case .classes(let labels): try device.upload(labels)
      case .numbers(let numbers), .frames(let numbers): try device.upload(numbers)
      }
    return try upload(inputOf: batch) + [target]
  }
}

extension CompileOptions {
  /// Sums in a fixed order, and products that are chosen by rule and not by a race of their times: else two runs would differ in bits.
  package static func steps(platform: String) -> CompileOptions {
    guard platform != "cpu" else { return CompileOptions() }
    return CompileOptions(flags: [
      "xla_gpu_deterministic_ops": .boolean(true), "xla_gpu_autotune_level": .integer(0), "xla_gpu_enable_triton_gemm": .boolean(false),
    ])
  }
}

extension CompileOptions.Flag {
  fileprivate var text: String {
    switch self {
    case .boolean(let isSet): "\(isSet)"
    case .integer(let number): "\(number)"
    case .text(let text): text
    }
  }
}

import Accelerators
import Arrays
import Datasets
import Operations
import SequenceModels

/// A device that trains, and how its programs are compiled.
package struct ComputingDevice {
  package let device: Device
  package let precision: Program.ProductPrecision
  private let options: CompileOptions

  package init(_ device: Device, precision: Program.ProductPrecision, options: CompileOptions = CompileOptions()) {
    (self.device, self.precision, self.options) = (device, precision, options)
  }

  func compile(_ text: String) throws -> CompiledProgram { try device.compile(text, options: options) }

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

import Accelerators
import Operations
import SequenceModels

/// A model's parameters and buffers on a device, in their order: the first arguments of every program that answers.
final class DeviceWeights {
  private let tensors: [Tensor]
  private let device: Device
  private var uploaded: [DeviceBuffer]?

  init(_ model: any SequenceModel, on device: Device) { (tensors, self.device) = (Self.tensors(of: model), device) }

  /// As they were when they were first asked for, or after `renew`.
  func buffers() throws -> [DeviceBuffer] {
    if let uploaded { return uploaded }
    let buffers = try tensors.map { try device.upload($0) }
    uploaded = buffers
    return buffers
  }

  /// To be called when the model's have changed.
  func renew() { uploaded = nil }

  static func tensors(of model: any SequenceModel) -> [Tensor] { model.parameters.map(\.value) + model.buffers.map(\.value) }

  /// A program of the model.
  ///
  /// - Parameter body: adds the other arguments, and returns what the program gives.
  static func text(_ model: any SequenceModel, _ precision: Program.ProductPrecision, _ body: (Program) -> [Value]) -> String {
    let program = Program(precision: precision)
    let weights = tensors(of: model)
    let arguments = weights.map { program.argument($0.shape) }
    return program.text(returning: Tensor.lending(weights, to: program, as: arguments) { body(program) })
  }
}

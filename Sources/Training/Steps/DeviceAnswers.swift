import Accelerators
import Datasets
import Operations
import SequenceModels

/// A model's answers by programs on a device, one for each shape of a batch and each probe.
package final class DeviceAnswers: BatchAnswers {
  private struct Key: Hashable {
    let input: BatchShape.Input
    let hasLengths: Bool
    let probe: Probe
  }

  private let model: any SequenceModel
  private let computing: ComputingDevice
  private var programs: [Key: CompiledProgram] = [:]
  /// The model's parameters and buffers on the device, in their order.
  private let weights: () throws -> [DeviceBuffer]

  /// Answers of the model as it is now.
  package convenience init(_ model: any SequenceModel, on computing: ComputingDevice) {
    var uploaded: [DeviceBuffer]?
    self.init(model, on: computing) {
      if let uploaded { return uploaded }
      let buffers = try (model.parameters.map(\.value) + model.buffers.map(\.value)).map { try computing.device.upload($0) }
      uploaded = buffers
      return buffers
    }
  }

  /// - Parameter weights: what to answer by, asked for at each batch.
  init(_ model: any SequenceModel, on computing: ComputingDevice, weights: @escaping () throws -> [DeviceBuffer]) {
    (self.model, self.computing, self.weights) = (model, computing, weights)
  }

  package func output(of batch: Batch, through probe: Probe) throws -> Tensor {
    let shape = BatchShape(batch)
    let key = Key(input: shape.input, hasLengths: shape.hasLengths, probe: probe)
    let program = try programs[key] ?? computing.compile(Self.text(model, shape, probe, computing.precision))
    programs[key] = program
    let result = try program.run(try weights() + computing.upload(inputOf: batch))[0]
    return Tensor(result.shape, values: try result.floats())
  }

  /// A pass of evaluation as a program: parameters, buffers, input and lengths to the output.
  static func text(_ model: any SequenceModel, _ shape: BatchShape, _ probe: Probe, _ precision: Program.ProductPrecision) -> String {
    let program = Program(precision: precision)
    let weights = model.parameters.map(\.value) + model.buffers.map(\.value)
    let values = weights.map { program.argument($0.shape) }
    let batch = RecordedBatch(shape, hasTarget: false, arguments: program)
    let output = Tensor.lending(weights, to: program, as: values) {
      model.output(of: batch.input, lengths: batch.lengths, through: probe).value(in: program)
    }
    return program.text(returning: [output])
  }
}

import Accelerators
import Datasets
import Operations
import SequenceModels
import Vocabulary

/// A model's answers by programs on a device, one for each shape of a batch and each probe.
final class DeviceAnswers: BatchAnswers {
  private struct Key: Hashable {
    let input: InputSequences<[Int], Int>
    let lengthCount: Int?
    let probe: Probe
  }

  private let model: any SequenceModel
  private let computing: ComputingDevice
  private var programs: [Key: CompiledProgram] = [:]
  /// The model's parameters and buffers on the device, in their order.
  private let weights: () throws -> [DeviceBuffer]
  private let forget: () -> Void

  /// Answers of the model as it is when it is first asked, and after `renew`.
  convenience init(_ model: any SequenceModel, on computing: ComputingDevice) {
    let weights = DeviceWeights(model, on: computing.device)
    self.init(model, on: computing, weights: weights.buffers, forget: weights.renew)
  }

  /// - Parameters:
  ///   - weights: what to answer by, asked for at each batch.
  ///   - forget: called when the model's weights have changed.
  init(
    _ model: any SequenceModel, on computing: ComputingDevice, weights: @escaping () throws -> [DeviceBuffer],
    forget: @escaping () -> Void = {}
  ) {
    (self.model, self.computing, self.weights, self.forget) = (model, computing, weights, forget)
  }

  func renew() { forget() }

  func output(of batch: Batch, through probe: Probe) throws -> Tensor { try Self.read(try run(batch, through: probe)) }

  func begin(_ batches: [Batch], through probe: Probe) throws -> () throws -> [Tensor] {
    let results = try batches.map { try run($0, through: probe) }
    return { try results.map(Self.read) }
  }

  private static func read(_ result: DeviceBuffer) throws -> Tensor { Tensor(result.shape, values: try result.floats()) }

  /// The output on the device, which may still be computing it.
  private func run(_ batch: Batch, through probe: Probe) throws -> DeviceBuffer {
    let shape = BatchShape(batch)
    let key = Key(input: shape.input, lengthCount: shape.lengthCount, probe: probe)
    let program = try programs[key] ?? computing.compile(Self.text(model, shape, probe, computing.precision))
    programs[key] = program
    return try program.run(try weights() + computing.upload(inputOf: batch))[0]
  }

  /// A pass of evaluation as a program: parameters, buffers, input and lengths to the output.
  static func text(_ model: any SequenceModel, _ shape: BatchShape, _ probe: Probe, _ precision: Program.ProductPrecision) -> String {
    DeviceWeights.text(model, precision) { program in
      let batch = RecordedBatch(shape, hasTarget: false, arguments: program)
      return [model.output(of: batch.input, lengths: batch.lengths, through: probe).value(in: program)]
    }
  }
}

import Accelerators
import Arrays
import Foundation
import Operations
import RunSupport
import SequenceModels
import Vocabulary

/// A training step as the text of one program: forward, backward and AdamW for batches of one shape.
///
/// Arguments: trained values, their first and second moments, buffers, frozen values, the numbers of the step [3], the key [2] and position of
/// the dropout stream, the batch. Results: the first four groups of the arguments, whose memory they take, and the measures of the batch.
package struct RecordedStep {
  package let text: String
  /// Hash of the text without its numbers: steps that differ in rates and other factors alone have the same, and take the same memory and time.
  package let kind: String
  package let productWork: Program.ProductWork
  /// Positions of the dropout stream that a step moves on by.
  let drawCount: UInt64

  package init(
    _ model: any SequenceModel, _ optimizer: Optimizer, metric: Metric, probe: Probe, shape: BatchShape,
    precision: Program.ProductPrecision
  ) {
    let program = Program(precision: precision)
    let state = TrainedState(model, optimizer)
    let (changing, frozen) = (state.changing.map { $0.argument(of: program) }, state.frozen.map { $0.argument(of: program) })
    let numbers = AdamW.StepNumbers(program.argument([3], .float64))
    let key = program.argument([2], .uint32)
    program.dropoutStream = RandomNumbers(
      key: (key.place(axis: 0, 0), key.place(axis: 0, 1)), position: program.argument([], .uint64))
    let batch = RecordedBatch(shape, arguments: program)
    let gradients = model.parameters.map(\.gradient)
    var pass = Pass.training(dropout: RandomStream(seed: 0, purpose: .dropout), probe: probe)
    var measures: Value?
    let results = Tensor.lending(
      state.changing + state.frozen + gradients, to: program, as: changing + frozen + gradients.map { _ in nil }
    ) {
      model.differentiateWhole(batch.input, lengths: batch.lengths, pass: &pass) { output in
        measures = BatchLoss.record(program, output, target: batch.target!, metric: metric)
        return BatchLoss.recordBackward(output, target: batch.target!)
      }
      optimizer.record(numbers)
      return state.changing.map { $0.value(in: program) }
    }
    for index in results.indices { program.donate(argument: index, toResult: index) }
    text = program.text(returning: results + [measures!])
    kind = FileHash.hex(of: Data(program.text(returning: results + [measures!], showsNumbers: false).utf8))
    productWork = program.productWork
    guard case .training(let stream) = pass.mode else { preconditionFailure("RecordedStep: the pass does not train") }
    drawCount = stream.position
  }
}

/// The tensors of a training: those that a step changes, in the order of a program's arguments, and those that it only reads.
struct TrainedState {
  let changing: [Tensor]
  let frozen: [Tensor]

  init(_ model: any SequenceModel, _ optimizer: Optimizer) {
    let trained = optimizer.moments.map(\.parameter)
    changing = trained.map(\.value) + optimizer.moments.map(\.first) + optimizer.moments.map(\.second) + model.buffers.map(\.value)
    frozen = model.parameters.filter { parameter in !trained.contains { $0 === parameter } }.map(\.value)
  }
}

extension Tensor {
  /// A new argument of a program in the shape of this tensor.
  fileprivate func argument(of program: Program) -> Value { program.argument(shape) }
}

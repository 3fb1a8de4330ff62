import Datasets
import Operations
import SequenceModels

/// What a model says to batches, wherever it is computed.
package protocol BatchAnswers {
  /// The output of a pass of evaluation, in main memory.
  func output(of batch: Batch, through probe: Probe) throws -> Tensor
}

/// Answers by our own engine.
struct HostAnswers: BatchAnswers {
  private let model: any SequenceModel

  init(_ model: any SequenceModel) { self.model = model }

  func output(of batch: Batch, through probe: Probe) throws -> Tensor {
    model.output(of: SequenceInput(batch.input), lengths: batch.lengths.map(Integers.init), through: probe)
  }
}

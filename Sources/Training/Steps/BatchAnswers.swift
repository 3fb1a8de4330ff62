import Datasets
import Operations
import SequenceModels

/// What a model says to batches, wherever it is computed.
package protocol BatchAnswers {
  /// The output of a pass of evaluation, in main memory.
  func output(of batch: Batch, through probe: Probe) throws -> Tensor

  /// To be called when the model's weights have changed.
  func renew()
}

extension ComputingDevice? {
  /// The answers of a model as it is now, by a device or by our own engine.
  package func answers(of model: any SequenceModel) -> any BatchAnswers {
    map { DeviceAnswers(model, on: $0) as any BatchAnswers } ?? HostAnswers(model)
  }
}

/// Answers by our own engine.
struct HostAnswers: BatchAnswers {
  private let model: any SequenceModel

  init(_ model: any SequenceModel) { self.model = model }

  func output(of batch: Batch, through probe: Probe) throws -> Tensor {
    model.output(of: SequenceInput(batch.input), lengths: batch.lengths.map(Integers.init), through: probe)
  }

  func renew() {}
}

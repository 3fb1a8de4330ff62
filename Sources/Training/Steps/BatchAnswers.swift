import Datasets
import MessagePassing
import Operations
import SequenceModels

/// What a model says to batches, wherever it is computed.
package protocol BatchAnswers {
  /// The output of a pass of evaluation, in main memory.
  func output(of batch: Batch, through probe: Probe) throws -> Tensor

  /// How many batches are asked for at once.
  var batchesAtOnce: Int { get }

  /// Begins with so many batches, or with fewer at the end, where a device can compute while others are read.
  ///
  /// - Returns: what waits for the outputs; to be called once.
  func begin(_ batches: [Batch], through probe: Probe) throws -> () throws -> [Tensor]

  /// To be called when the model's weights have changed.
  func renew()
}

extension BatchAnswers {
  package var batchesAtOnce: Int { 1 }

  package func begin(_ batches: [Batch], through probe: Probe) throws -> () throws -> [Tensor] {
    { try batches.map { try output(of: $0, through: probe) } }
  }

  /// The same answers, of which each process computes some.
  func shared(among ranks: Ranks) -> any BatchAnswers { ranks.count == 1 ? self : SharedAnswers(own: self, ranks: ranks) }
}

extension ComputingDevice? {
  /// The answers of a model as it is now, by a device or by our own engine.
  ///
  /// - Parameter ranks: the processes that all ask for the same answers.
  package func answers(of model: any SequenceModel, among ranks: Ranks = .alone) -> any BatchAnswers {
    map { DeviceAnswers(model, on: $0) as any BatchAnswers } ?? HostAnswers(model).shared(among: ranks)
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

/// Answers of several processes with the same model, each of which takes one batch of as many as there are.
private struct SharedAnswers: BatchAnswers {
  let own: any BatchAnswers
  let ranks: Ranks

  var batchesAtOnce: Int { ranks.count }

  func output(of batch: Batch, through probe: Probe) throws -> Tensor { try own.output(of: batch, through: probe) }

  func begin(_ batches: [Batch], through probe: Probe) throws -> () throws -> [Tensor] {
    { try outputs(of: batches, through: probe) }
  }

  private func outputs(of batches: [Batch], through probe: Probe) throws -> [Tensor] {
    let output = batches.indices.contains(ranks.rank) ? try own.output(of: batches[ranks.rank], through: probe) : nil
    let shapes = ranks.gatherLists(output?.shape ?? [])
    let values = ranks.gatherLists(output?.downloaded().values() ?? [])
    return batches.indices.map { Tensor(shapes[$0], values: values[$0]) }
  }

  func renew() { own.renew() }
}

import Datasets
import Operations
import SequenceModels
import TestSupport
import Testing
import Training

/// How batches of a split are asked for.
struct EvaluatorTests {
  /// Answers that note what they are asked for: `+` for a batch that is begun, `-` for one that is read.
  private final class NotedAnswers: BatchAnswers {
    let batchesAtOnce: Int
    private(set) var notes = ""

    init(batchesAtOnce: Int) { self.batchesAtOnce = batchesAtOnce }

    func output(of batch: Batch, through probe: Probe) throws -> Tensor {
      notes += "-"
      guard case .values(let input) = batch.input else { throw UnexpectedInput() }
      return Tensor([input.shape[0], 3], values: input.values())
    }

    func begin(_ batches: [Batch], through probe: Probe) throws -> () throws -> [Tensor] {
      notes += String(repeating: "+", count: batches.count)
      return { try batches.map { try self.output(of: $0, through: probe) } }
    }

    func renew() {}
  }

  private struct UnexpectedInput: Error {}

  @Test(
    "batches are begun before the ones before are read, and answered in the order of the split",
    arguments: [(1, "++-+--"), (2, "+++---"), (4, "+++---")])
  func order(batchesAtOnce: Int, notes: String) throws {
    let inputs = (0..<7).map { Tensor.random([3], lane: UInt32($0)).values() }
    let data = ListedSource(channels: 1, length: 3, inputs: inputs, labels: (0..<7).map { Int32($0 % 3) })
    let answers = NotedAnswers(batchesAtOnce: batchesAtOnce)
    var rows: [Float] = []
    let sums = try Evaluator(answers: answers, data: data, batchSize: 3).evaluate(.test) { output, _ in rows += output.values() }
    #expect(answers.notes == notes)
    #expect(rows == inputs.flatMap { $0 })
    #expect(sums.sampleCount == 7)
  }
}

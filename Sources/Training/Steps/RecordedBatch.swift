import Accelerators
import Operations
import SequenceModels
import Vocabulary

/// A batch as arguments of a program, in this order: input, lengths where there are some, target.
struct RecordedBatch {
  typealias Target = BatchTargets<Integers, Tensor>

  let input: SequenceInput
  let lengths: Integers?
  let target: Target?

  /// - Parameter hasTarget: false where only answers are wanted.
  init(_ shape: BatchShape, hasTarget: Bool = true, arguments program: Program) {
    func integers(_ count: Int) -> Integers { Integers(program.argument([count], .int32)) }
    func tensor(_ shape: [Int]) -> Tensor { Tensor(program.argument(shape)) }
    input = shape.input.map(tensor, tokens: integers)
    lengths = shape.lengthCount.map(integers)
    target = hasTarget ? shape.target.map(tensor, labels: integers) : nil
  }
}

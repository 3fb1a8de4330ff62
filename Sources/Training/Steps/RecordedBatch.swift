import Accelerators
import Operations
import SequenceModels

/// A batch as arguments of a program, in this order: input, lengths where there are some, target.
struct RecordedBatch {
  enum Target {
    case classes(Integers)
    case numbers(Tensor)
    case frames(Tensor)
  }

  let input: SequenceInput
  let lengths: Integers?
  let target: Target?

  /// - Parameter hasTarget: false where only answers are wanted.
  init(_ shape: BatchShape, hasTarget: Bool = true, arguments program: Program) {
    func integers(_ count: Int) -> Integers { Integers(program.argument([count], .int32)) }
    func tensor(_ shape: [Int]) -> Tensor { Tensor(program.argument(shape)) }
    var rows: Int
    switch shape.input {
    case .values(let sizes): (input, rows) = (.values(tensor(sizes)), sizes[0])
    case .tokens(let batchSize, let length):
      input = .tokens(integers(batchSize * length), batchSize: batchSize, length: length)
      rows = batchSize
    case .frames(let sizes): (input, rows) = (.frames(tensor(sizes)), sizes[0])
    }
    lengths = shape.hasLengths ? integers(rows) : nil
    guard hasTarget else {
      target = nil
      return
    }
    switch shape.target {
    case .classes(let count): target = .classes(integers(count))
    case .numbers(let sizes): target = .numbers(tensor(sizes))
    case .frames(let sizes): target = .frames(tensor(sizes))
    }
  }
}

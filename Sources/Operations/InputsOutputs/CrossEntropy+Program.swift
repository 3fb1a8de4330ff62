import Accelerators

extension CrossEntropy {
  /// The mean loss, and for how many samples the first of the largest logits is the label's, as float32.
  package static func record(_ program: Program, _ logits: Tensor, labels: Integers) -> (loss: Value, correctCount: Value) {
    let x = logits.value(in: program)
    let isLabel = isLabel(program, labels, x.shape)
    let own = isLabel.choose(x, else: x.filled(0)).sum(over: [1])
    let loss = (normalizers(x) - own).sum(over: [0]) / Double(x.shape[0])
    let places = program.positions(x.shape, axis: 1, .int32)
    let isLargest = x.compared(.equal, x.largest(over: [1]).broadcast(to: x.shape, axes: [0]))
    let first = isLargest.choose(places, else: places.filled(Double(Int32.max))).smallest(over: [1])
    let isCorrect = first.compared(.equal, labels.value(in: program))
    return (loss, isCorrect.converted(to: .float32).sum(over: [0]))
  }

  static func recordBackward(_ program: Program, _ logits: Tensor, labels: Integers, meanCount: Int) -> Tensor {
    let x = logits.value(in: program)
    let probabilities = (x - normalizers(x).broadcast(to: x.shape, axes: [0])).exponential
    return Tensor((probabilities - isLabel(program, labels, x.shape).converted(to: .float32)) / Double(meanCount))
  }

  /// log Σ exp of each row.
  private static func normalizers(_ x: Value) -> Value {
    let largest = x.largest(over: [1])
    return largest + (x - largest.broadcast(to: x.shape, axes: [0])).exponential.sum(over: [1]).logarithm
  }

  private static func isLabel(_ program: Program, _ labels: Integers, _ shape: [Int]) -> Value {
    program.positions(shape, axis: 1, .int32).compared(.equal, labels.value(in: program).broadcast(to: shape, axes: [0]))
  }
}

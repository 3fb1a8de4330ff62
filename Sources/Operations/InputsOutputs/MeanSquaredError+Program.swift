import Accelerators

extension MeanSquaredError {
  /// The mean.
  package static func record(_ program: Program, _ predictions: Tensor, targets: Tensor) -> Value {
    let difference = predictions.value(in: program) - targets.value(in: program)
    return (difference * difference).sum(over: Array(difference.shape.indices)) / Double(difference.count)
  }

  static func recordBackward(_ program: Program, _ predictions: Tensor, targets: Tensor, meanCount: Int) -> Tensor {
    let difference = predictions.value(in: program) - targets.value(in: program)
    return Tensor(difference * (2 / Double(difference.count / difference.shape[0] * meanCount)))
  }
}

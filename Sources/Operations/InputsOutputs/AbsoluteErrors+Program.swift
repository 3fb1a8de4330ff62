import Accelerators

extension AbsoluteErrors {
  /// The mean of each output, [outputs].
  package static func record(_ program: Program, _ predictions: Tensor, targets: Tensor) -> Value {
    let errors = (predictions.value(in: program) - targets.value(in: program)).absolute
    let axes = errors.shape.indices.filter { $0 != 1 }
    return errors.sum(over: axes) / Double(errors.count / errors.shape[1])
  }
}

import Accelerators

extension FrameLoss {
  /// The loss, and the means of d² and |d| of each channel, [C].
  package static func record(
    _ program: Program, _ output: Tensor, targets: Tensor
  ) -> (loss: Value, squaredErrors: Value, absoluteErrors: Value) {
    let difference = output.value(in: program) - targets.value(in: program)
    func means(_ errors: Value) -> Value { errors.sum(over: [0, 1, 3, 4]) / Double(errors.count / errors.shape[2]) }
    let (squared, absolute) = (means(difference * difference), means(difference.absolute))
    return ((squared + absolute).sum(over: [0]) * (Double(difference.shape[4]) / 2), squared, absolute)
  }

  static func recordBackward(_ program: Program, _ output: Tensor, targets: Tensor, meanCount: Int) -> Tensor {
    let difference = output.value(in: program) - targets.value(in: program)
    return Tensor((difference + 0.5 * difference.sign) * (1 / Double(meanCount * difference.shape[1] * difference.shape[3])))
  }
}

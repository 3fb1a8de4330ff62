/// The mean absolute error of each output, the second axis of predictions [B, outputs] or [B, outputs, L].
package enum AbsoluteErrors {
  package static func forward(_ predictions: Tensor, targets: Tensor) -> [Double] {
    precondition(
      predictions.shape == targets.shape && predictions.shape.count >= 2,
      "AbsoluteErrors: predictions \(predictions.shape), targets \(targets.shape)")
    let width = predictions.shape[1]
    let length = predictions.count / (predictions.shape[0] * width)
    var sums = [Double](repeating: 0, count: width)
    for row in 0..<predictions.shape[0] * width {
      var sum = 0.0
      for index in row * length..<(row + 1) * length { sum += Double(abs(predictions.elements[index] - targets.elements[index])) }
      sums[row % width] += sum
    }
    return sums.map { $0 / Double(predictions.shape[0] * length) }
  }
}

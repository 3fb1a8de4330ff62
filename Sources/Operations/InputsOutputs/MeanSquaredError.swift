import Accelerators

/// The mean of (prediction - target)² over all elements of tensors of any shape.
package enum MeanSquaredError {
  package static func forward(_ predictions: Tensor, targets: Tensor) -> Double {
    check(predictions, targets)
    let (first, second) = (Shared(predictions.elements), Shared(targets.elements))
    let sum = Parallel.sum(over: predictions.count) { range in
      VectorMath.sum(first.pointer + range.lowerBound, second.pointer + range.lowerBound, count: range.count) {
        let difference = $0 - $1
        return difference * difference
      }
    }
    return sum / Double(predictions.count)
  }

  /// The gradient with respect to the predictions: 2 (prediction - target) / count.
  ///
  /// - Parameter meanCount: rows of the mean, where these are a part of them.
  package static func backward(_ predictions: Tensor, targets: Tensor, meanCount: Int? = nil) -> Tensor {
    check(predictions, targets)
    if let program = Program.recording(predictions) {
      return recordBackward(program, predictions, targets: targets, meanCount: meanCount ?? predictions.shape.first ?? 1)
    }
    let gradient = Tensor(uninitialized: predictions.shape)
    let rowCount = predictions.shape.first ?? 1
    let factor = Float(2 / Double(predictions.count / rowCount * (meanCount ?? rowCount)))
    let (first, second, result) = (Shared(predictions.elements), Shared(targets.elements), Shared(gradient.elements))
    Parallel.forEachChunk(of: predictions.count, size: Parallel.elementChunk) { _, range in
      let start = range.lowerBound
      VectorMath.map(first.pointer + start, second.pointer + start, to: result.pointer + start, count: range.count) {
        ($0 - $1) * factor
      }
    }
    return gradient
  }

  private static func check(_ predictions: Tensor, _ targets: Tensor) {
    precondition(
      predictions.shape == targets.shape && predictions.count > 0,
      "MeanSquaredError: predictions \(predictions.shape), targets \(targets.shape)")
  }
}

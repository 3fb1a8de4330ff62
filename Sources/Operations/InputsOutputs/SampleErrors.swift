/// The mean error of each output of each sample, for predictions [B, outputs] or [B, outputs, L]; a list of outputs for each sample.
package enum SampleErrors {
  /// Means of squared differences over the steps.
  package static func squared(_ predictions: Tensor, targets: Tensor) -> [[Double]] {
    means(predictions, targets) { first, second, count in
      VectorMath.sum(first, second, count: count) {
        let difference = $0 - $1
        return difference * difference
      }
    }
  }

  /// Means of absolute differences over the steps.
  package static func absolute(_ predictions: Tensor, targets: Tensor) -> [[Double]] {
    means(predictions, targets) { first, second, count in
      VectorMath.sum(first, second, count: count) {
        let difference = $0 - $1
        return pointwiseMax(difference, -difference)
      }
    }
  }

  private static func means(
    _ predictions: Tensor, _ targets: Tensor, _ sum: (UnsafePointer<Float>, UnsafePointer<Float>, Int) -> Double
  ) -> [[Double]] {
    precondition(
      predictions.shape == targets.shape && predictions.shape.count >= 2,
      "SampleErrors: predictions \(predictions.shape), targets \(targets.shape)")
    let width = predictions.shape[1]
    let length = predictions.count / (predictions.shape[0] * width)
    let (first, second) = (Shared(predictions.elements), Shared(targets.elements))
    return (0..<predictions.shape[0]).map { row in
      (0..<width).map { output in
        let start = (row * width + output) * length
        return sum(first.pointer + start, second.pointer + start, length) / Double(length)
      }
    }
  }
}

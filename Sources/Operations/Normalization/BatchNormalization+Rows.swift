/// What batch norm does to the row of a sample and a channel, the same for a batch in one tensor and for one in shards.
extension BatchNormalization {
  /// Σ (x − mean)² over a row.
  static func squares(_ row: UnsafePointer<Float>, count: Int, mean: Double) -> Double {
    VectorMath.sum(row, count: count) { ($0 - Float(mean)) * ($0 - Float(mean)) }
  }

  /// Σ dy and Σ dy·n over a row, n the normalised input.
  static func sums(
    _ slopes: UnsafePointer<Float>, _ values: UnsafePointer<Float>, count: Int, mean: Float, inverse: Float
  ) -> (slopes: Double, products: Double) {
    (
      VectorMath.sum(slopes, count: count) { $0 },
      VectorMath.sum(slopes, values, count: count) { $0 * (($1 - mean) * inverse) }
    )
  }

  /// The statistics that a batch sets, as plain pointers.
  struct Moments: Sendable {
    private let means: Shared<Float>
    private let inverses: Shared<Float>
    private let runningMeans: Shared<Float>
    private let runningVariances: Shared<Float>

    init(_ cache: Cache, runningMean: Tensor, runningVariance: Tensor) {
      (means, inverses) = (Shared(cache.mean.elements), Shared(cache.inverseDeviation.elements))
      (runningMeans, runningVariances) = (Shared(runningMean.elements), Shared(runningVariance.elements))
    }

    /// Sets those of a channel, whose running ones move a tenth towards the batch's.
    func set(_ channel: Int, count: Int, mean: Double, squares: Double) {
      let count = Double(count)
      means[channel] = Float(mean)
      inverses[channel] = Float(1 / (squares / count + epsilon).squareRoot())
      runningMeans[channel] = Float((1 - momentum) * Double(runningMeans[channel]) + momentum * mean)
      runningVariances[channel] = Float((1 - momentum) * Double(runningVariances[channel]) + momentum * squares / (count - 1))
    }
  }

  /// The gradient of the rows of one channel.
  struct RowGradient: Sendable {
    let mean: Float
    let inverse: Float
    /// scale / √(variance + ε).
    let factor: Float
    /// Mean of dy, and of dy·n; 0 after evaluation.
    let averageSum: Float
    let averageProduct: Float
    let isAdding: Bool

    @inline(__always)
    func write(
      _ slopes: UnsafePointer<Float>, _ values: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>, count: Int
    ) {
      var index = 0
      while index < count {
        let rest = count &- index
        let normal = (VectorMath.load(values + index, count: rest) - mean) * inverse
        let slope = (VectorMath.load(slopes + index, count: rest) - averageSum - normal * averageProduct) * factor
        let old = isAdding ? VectorMath.load(target + index, count: rest) : .zero
        VectorMath.store(old + slope, to: target + index, count: rest)
        index &+= 16
      }
    }
  }
}

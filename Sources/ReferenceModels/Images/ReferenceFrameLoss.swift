/// The loss of predicted frames in Double: ½ Σ d² + ½ Σ |d| over width and channels, a mean over videos, steps and rows.
package enum ReferenceFrameLoss {
  /// - Parameters:
  ///   - output: [B, T, C, H, W].
  ///   - rowCount: B·T·H.
  package static func loss(_ output: [Double], targets: [Double], rowCount: Int) -> Double {
    zip(output, targets).reduce(0) { $0 + (($1.0 - $1.1) * ($1.0 - $1.1) + abs($1.0 - $1.1)) / 2 } / Double(rowCount)
  }

  /// The gradient of the output.
  package static func gradient(_ output: [Double], targets: [Double], rowCount: Int) -> [Double] {
    zip(output, targets).map { value, target in
      let sign = value > target ? 1.0 : value < target ? -1 : 0
      return (value - target + sign / 2) / Double(rowCount)
    }
  }
}

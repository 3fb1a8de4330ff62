/// The mean squared difference, in Double.
package enum MeanSquaredErrorReference {
  package static func meanLoss(_ predictions: [Double], targets: [Double]) -> Double {
    zip(predictions, targets).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(predictions.count)
  }
}

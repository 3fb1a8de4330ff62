import Foundation

/// The optimiser in Double: AdamW with betas 0.9 and 0.999, ε = 1e-8 and decoupled weight decay.
package struct ReferenceAdamW: Sendable {
  package var learningRate: Double
  package var weightDecay: Double
  package private(set) var firstMoment: [Double]
  package private(set) var secondMoment: [Double]
  private var step = 0

  package init(count: Int, learningRate: Double, weightDecay: Double) {
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    firstMoment = Array(repeating: 0, count: count)
    secondMoment = firstMoment
  }

  package mutating func update(_ values: inout [Double], gradient: [Double]) {
    step += 1
    let (firstScale, secondScale) = (1 - pow(0.9, Double(step)), (1 - pow(0.999, Double(step))).squareRoot())
    for index in values.indices {
      firstMoment[index] = 0.9 * firstMoment[index] + 0.1 * gradient[index]
      secondMoment[index] = 0.999 * secondMoment[index] + 0.001 * gradient[index] * gradient[index]
      values[index] -=
        learningRate
        * (weightDecay * values[index] + firstMoment[index] / firstScale / (secondMoment[index].squareRoot() / secondScale + 1e-8))
    }
  }
}

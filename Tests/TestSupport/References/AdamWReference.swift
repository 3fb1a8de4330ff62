import Foundation

/// AdamW on one number, in Double, with the bias corrections in the form of the paper.
package struct AdamWReference {
  package var value: Double
  package private(set) var firstMoment = 0.0
  package private(set) var secondMoment = 0.0
  private var step = 0

  package init(_ value: Double) { self.value = value }

  package mutating func update(gradient: Double, learningRate: Double, weightDecay: Double) {
    step += 1
    firstMoment = 0.9 * firstMoment + 0.1 * gradient
    secondMoment = 0.999 * secondMoment + 0.001 * gradient * gradient
    let mean = firstMoment / (1 - pow(0.9, Double(step)))
    let square = secondMoment / (1 - pow(0.999, Double(step)))
    value = value - learningRate * weightDecay * value - learningRate * mean / (square.squareRoot() + 1e-8)
  }
}

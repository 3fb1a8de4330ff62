import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct MeanSquaredErrorTests {
  @Test("loss and gradient agree with the reference", arguments: [[1], [3, 5], [2, 3, 17]])
  func agreesWithReference(shape: [Int]) {
    let predictions = Tensor.random(shape, lane: 1)
    let targets = Tensor.random(shape, lane: 2)
    let expected = ReferenceLoss.meanSquaredError(predictions.doubles, targets: targets.doubles)
    // Differences and squares are rounded to float.
    #expect(abs(MeanSquaredError.forward(predictions, targets: targets) - expected) < 2e-7 * expected)
    let gradient = MeanSquaredError.backward(predictions, targets: targets)
    let differences = GradientCheck.differences("predictions", gradient.values(), at: predictions.doubles, absolute: 1e-7) {
      ReferenceLoss.meanSquaredError($0, targets: targets.doubles)
    }
    #expect(differences == [], "shape \(shape)")
  }

  @Test("any number of threads gives the same bits")
  func threads() {
    let predictions = Tensor.random([50_001], lane: 3)
    let targets = Tensor.random([50_001], lane: 4)
    #expect(
      isIndependentOfThreads {
        // A Double as two floats keeps all its bits in view.
        let loss = MeanSquaredError.forward(predictions, targets: targets)
        let bits = [UInt32(truncatingIfNeeded: loss.bitPattern), UInt32(loss.bitPattern >> 32)]
        return [
          Tensor([2], values: bits.map { Float(bitPattern: $0) }), MeanSquaredError.backward(predictions, targets: targets),
        ]
      })
  }
}

import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct MeanSquaredErrorTests {
  @Test("loss and gradient agree with the reference", arguments: Engine.cases([[1], [3, 5], [2, 3, 17]], onDevice: [2]))
  func agreesWithReference(engine: Engine, shape: [Int]) throws {
    let predictions = Tensor.random(shape, lane: 1)
    let targets = Tensor.random(shape, lane: 2)
    let expected = ReferenceLoss.meanSquaredError(predictions.doubles, targets: targets.doubles)
    let results = try engine.run([predictions, targets]) { program in
      let loss = program.map { Tensor(MeanSquaredError.record($0, predictions, targets: targets)) }
      return [loss ?? Tensor([], values: [Float(MeanSquaredError.forward(predictions, targets: targets))])]
        + [MeanSquaredError.backward(predictions, targets: targets)]
    }
    // Differences and squares are rounded to float.
    #expect(abs(results[0].doubles[0] - expected) < 2e-7 * expected)
    let differences = GradientCheck.differences("predictions", results[1].values(), at: predictions.doubles, absolute: 1e-7) {
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

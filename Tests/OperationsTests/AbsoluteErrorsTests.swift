import Operations
import TestSupport
import Testing

@Suite struct AbsoluteErrorsTests {
  @Test("the mean over samples and steps, for each output", arguments: Engine.all, [[5, 3], [2, 3, 17]])
  func means(engine: Engine, shape: [Int]) throws {
    let (predictions, targets) = (Tensor.random(shape, lane: 1), Tensor.random(shape, lane: 2))
    let results = try engine.run([predictions, targets]) { program in
      let means = program.map { Tensor(AbsoluteErrors.record($0, predictions, targets: targets)) }
      return [means ?? Tensor([3], values: AbsoluteErrors.forward(predictions, targets: targets).map { Float($0) })]
    }
    let length = predictions.count / (3 * shape[0])
    let errors = zip(predictions.doubles, targets.doubles).map { abs($0 - $1) }
    let expected = (0..<3).map { output in
      errors.indices.filter { $0 / length % 3 == output }.reduce(0) { $0 + errors[$1] } / Double(shape[0] * length)
    }
    #expect(results[0].shape == [3] && maxRelative(results[0].doubles, expected) < 5e-7)
  }
}

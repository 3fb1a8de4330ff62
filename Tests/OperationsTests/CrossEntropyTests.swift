import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct CrossEntropyTests {
  /// What is measured, on the device in float32, and the gradient.
  private func run(
    _ logits: Tensor, _ labels: [Int], on engine: Engine
  ) throws -> (loss: Double, correctCount: Int, gradient: Tensor) {
    let labels = Integers(labels)
    var measured: (loss: Double, correctCount: Int) = (0, 0)
    let results = try engine.run([logits]) { program in
      let gradient = CrossEntropy.backward(logits, labels: labels)
      guard let program else {
        measured = CrossEntropy.forward(logits, labels: labels)
        return [gradient]
      }
      let (loss, correctCount) = CrossEntropy.record(program, logits, labels: labels)
      return [gradient, Tensor(loss), Tensor(correctCount)]
    }
    if engine == .device { measured = (results[1].doubles[0], Int(results[2].values()[0])) }
    return (measured.loss, measured.correctCount, results[0])
  }

  @Test("loss and gradient agree with the reference", arguments: Engine.cases([(1, 1), (1, 2), (3, 10), (5, 7)], onDevice: [0, 2, 3]))
  func agreesWithReference(engine: Engine, sizes: (batch: Int, classCount: Int)) throws {
    let logits = Tensor.random([sizes.batch, sizes.classCount], lane: 1, bound: 3)
    let labels = (0..<sizes.batch).map { $0 * 5 % sizes.classCount }
    let (loss, correctCount, gradient) = try run(logits, labels, on: engine)
    // On the processor both in Double from the same floats.
    let tolerance = engine == .host ? 1e-12 : 1e-6
    #expect(abs(loss - ReferenceLoss.crossEntropy(logits.doubles, labels: labels)) < tolerance)
    let rows = Rows.cut(logits.values(), sizes.classCount)
    #expect(correctCount == zip(rows, labels).count { $0.max() == $0[$1] })
    let differences = GradientCheck.differences("logits", gradient.values(), at: logits.doubles, absolute: 1e-7, relative: 1e-6) {
      ReferenceLoss.crossEntropy($0, labels: labels)
    }
    #expect(differences == [], "B=\(sizes.batch), K=\(sizes.classCount)")
  }

  @Test("logits of any size give a finite loss", arguments: Engine.all)
  func largeLogits(engine: Engine) throws {
    let logits = Tensor([2, 2], values: [1e30, -1e30, -5_000, 5_000])
    let (first, second) = (try run(logits, [0, 1], on: engine), try run(logits, [0, 0], on: engine))
    #expect(first.loss == 0 && second.loss == 5_000)
    #expect(second.gradient.values() == [0, 0, -0.5, 0.5])
  }

  @Test("the first of equal logits is the prediction", arguments: Engine.all)
  func correctCount(engine: Engine) throws {
    let logits = Tensor([3, 3], values: [1, 1, 0, 0, 2, 2, -1, -2, -3])
    #expect(try run(logits, [0, 1, 0], on: engine).correctCount == 3)
    #expect(try run(logits, [1, 2, 2], on: engine).correctCount == 0)
  }

  @Test("a NaN among the logits shows in the loss", arguments: Engine.all)
  func notANumber(engine: Engine) throws {
    #expect(try run(Tensor([1, 2], values: [0, .nan]), [0], on: engine).loss.isNaN)
  }
}

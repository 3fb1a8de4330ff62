import Operations
import ReferenceModels
import TestSupport
import Testing

@Suite struct CrossEntropyTests {
  @Test("loss and gradient agree with the reference", arguments: [(1, 1), (1, 2), (3, 10), (5, 7)])
  func agreesWithReference(batch: Int, classCount: Int) {
    let logits = Tensor.random([batch, classCount], lane: 1, bound: 3)
    let classes = (0..<batch).map { $0 * 5 % classCount }
    let labels = classes.map { Int32($0) }
    let loss = CrossEntropy.forward(logits, labels: Integers(labels)).loss
    // Both in Double from the same floats.
    #expect(abs(loss - ReferenceLoss.crossEntropy(logits.doubles, labels: classes)) < 1e-12)
    let gradient = CrossEntropy.backward(logits, labels: Integers(labels))
    let differences = GradientCheck.differences("logits", gradient.values(), at: logits.doubles, absolute: 1e-7, relative: 1e-6) {
      ReferenceLoss.crossEntropy($0, labels: classes)
    }
    #expect(differences == [], "B=\(batch), K=\(classCount)")
  }

  @Test("logits of any size give a finite loss")
  func largeLogits() {
    let logits = Tensor([2, 2], values: [1e30, -1e30, -5_000, 5_000])
    #expect(CrossEntropy.forward(logits, labels: [0, 1]).loss == 0)
    #expect(CrossEntropy.forward(logits, labels: [0, 0]).loss == 5_000)
    #expect(CrossEntropy.backward(logits, labels: [0, 0]).values() == [0, 0, -0.5, 0.5])
  }

  @Test("the first of equal logits is the prediction")
  func correctCount() {
    let logits = Tensor([3, 3], values: [1, 1, 0, 0, 2, 2, -1, -2, -3])
    #expect(CrossEntropy.forward(logits, labels: [0, 1, 0]).correctCount == 3)
    #expect(CrossEntropy.forward(logits, labels: [1, 2, 2]).correctCount == 0)
  }

  @Test("a NaN among the logits shows in the loss")
  func notANumber() {
    #expect(CrossEntropy.forward(Tensor([1, 2], values: [0, .nan]), labels: [0]).loss.isNaN)
  }
}

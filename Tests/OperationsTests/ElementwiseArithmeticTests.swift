import Arrays
import Operations
import TestSupport
import Testing

@Suite struct ElementwiseArithmeticTests {
  @Test("sums and scalings", arguments: [1, 17, 20_000])
  func sums(count: Int) {
    let (first, second) = (Tensor.random([count], lane: 1), Tensor.random([count], lane: 2))
    #expect(ElementwiseArithmetic.sum(first, second).values() == zip(first.values(), second.values()).map { $0 + $1 })

    let target = first.copy()
    ElementwiseArithmetic.add(second, into: target)
    #expect(target.values() == ElementwiseArithmetic.sum(first, second).values())

    let scaled = first.copy()
    ElementwiseArithmetic.add(second, scaledBy: 0.3, into: scaled)
    #expect(scaled.values() == zip(first.values(), second.values()).map { $0.addingProduct($1, 0.3) })

    let half = first.copy()
    ElementwiseArithmetic.scale(half, by: 0.5)
    #expect(half.values() == first.values().map { $0 / 2 })
  }

  @Test("the squared norm neither overflows nor depends on threads")
  func squaredNorm() {
    let large = Tensor([3], values: [1e30, -1e30, 2e30])
    #expect(abs(ElementwiseArithmetic.squaredNorm(large) / 6e60 - 1) < 1e-6)
    let many = Tensor.random([50_003], lane: 3)
    let expected = many.doubles.reduce(0) { $0 + $1 * $1 }
    #expect(abs(ElementwiseArithmetic.squaredNorm(many) - expected) < 1e-12 * expected)
    #expect(isIndependentOfThreads { [Tensor([1], values: [Float(ElementwiseArithmetic.squaredNorm(many) - expected)])] })
  }

  @Test("one infinite or NaN value is found wherever it stands", arguments: [0, 16, 19_999, 20_002])
  func allFinite(index: Int) {
    let tensor = Tensor([20_003], filledWith: .greatestFiniteMagnitude)
    #expect(ElementwiseArithmetic.allFinite(tensor))
    for value in [Float.nan, .infinity, -.infinity] {
      tensor.elements[index] = value
      #expect(!ElementwiseArithmetic.allFinite(tensor))
    }
  }
}

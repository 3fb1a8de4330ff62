import TestSupport
import Testing

@testable import Operations

@Suite struct ElementwiseArithmeticTests {
  @Test("sums", arguments: [1, 17, 20_000])
  func sums(count: Int) {
    let (first, second) = (Tensor.random([count], lane: 1), Tensor.random([count], lane: 2))
    #expect(ElementwiseArithmetic.sum(first, second).values() == zip(first.values(), second.values()).map { $0 + $1 })
  }

  @Test("scaled sums, their gradient, and sums in place", arguments: [1, 17, 20_000])
  func scaledSums(count: Int) {
    let (first, second) = (Tensor.random([count], lane: 1), Tensor.random([count], lane: 2))
    let expected = zip(first.values(), second.values()).map { $0.addingProduct(0.1, $1) }
    #expect(ElementwiseArithmetic.sum(first, second, times: 0.1).values() == expected)
    #expect(ElementwiseArithmetic.scaled(second, by: 0.1).values() == second.values().map { 0.1 * $0 })
    let sum = ElementwiseArithmetic.sum(first, second).values()
    ElementwiseArithmetic.add(second, to: first)
    #expect(first.values() == sum)
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

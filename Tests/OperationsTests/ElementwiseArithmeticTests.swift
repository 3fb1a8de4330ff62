import TestSupport
import Testing

@testable import Operations

@Suite struct ElementwiseArithmeticTests {
  @Test("sums", arguments: [1, 17, 20_000])
  func sums(count: Int) {
    let (first, second) = (Tensor.random([count], lane: 1), Tensor.random([count], lane: 2))
    #expect(ElementwiseArithmetic.sum(first, second).values() == zip(first.values(), second.values()).map { $0 + $1 })
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

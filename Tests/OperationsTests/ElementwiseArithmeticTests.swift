import TestSupport
import Testing

@testable import Operations

@Suite struct ElementwiseArithmeticTests {
  @Test("sums, also in place", arguments: Engine.cases([1, 17, 20_000], onDevice: [1]))
  func sums(engine: Engine, count: Int) throws {
    let (first, second) = (Tensor.random([count], lane: 1), Tensor.random([count], lane: 2))
    let expected = zip(first.values(), second.values()).map { $0 + $1 }
    let results = try engine.run([first, second]) {
      let sum = ElementwiseArithmetic.sum(first, second)
      ElementwiseArithmetic.add(second, to: first)
      return [sum]
    }
    #expect(results[0].values() == expected && first.values() == expected)
  }

  @Test("scaled sums and their gradient", arguments: Engine.cases([1, 17, 20_000], onDevice: [1]))
  func scaledSums(engine: Engine, count: Int) throws {
    let (first, second) = (Tensor.random([count], lane: 1), Tensor.random([count], lane: 2))
    let results = try engine.run([first, second]) {
      [ElementwiseArithmetic.sum(first, second, times: 0.1), ElementwiseArithmetic.scaled(second, by: 0.1)]
    }
    let expected = zip(first.values(), second.values()).map { $0.addingProduct(0.1, $1) }
    // A device may round the product before it adds it.
    if engine == .host { #expect(results[0].values() == expected) }
    #expect(maxRelative(results[0].doubles, expected.map(Double.init)) < 1e-7)
    #expect(results[1].values() == second.values().map { 0.1 * $0 })
  }

  @Test("a number for each channel, and the sum that is its gradient", arguments: Engine.all)
  func repeated(engine: Engine) throws {
    let (number, slopes, gradient) = (Tensor([1], values: [0.3]), Tensor.random([19], lane: 3), Tensor([1], values: [2]))
    let results = try engine.run([number, slopes, gradient]) {
      ElementwiseArithmetic.addSum(of: slopes, to: gradient)
      return [ElementwiseArithmetic.repeated(number, count: 3)]
    }
    #expect(results[0].values() == [0.3, 0.3, 0.3])
    #expect(maxRelative(gradient.doubles, [2 + slopes.doubles.reduce(0, +)]) < 1e-6)
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

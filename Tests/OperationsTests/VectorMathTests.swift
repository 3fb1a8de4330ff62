import Foundation
import ReferenceModels
import TestSupport
import Testing

@testable import Operations

/// The elementary functions against the C library in Double.
@Suite struct VectorMathTests {
  /// The largest error of `function` against `reference` on a grid, where the error is divided by `size` of the argument.
  private func largestError(
    from lowest: Double, to highest: Double, _ function: (Lanes) -> Lanes, _ reference: (Double) -> Double,
    relativeTo size: (Double) -> Double = { _ in 1 }
  ) -> Double {
    let count = 16_000
    var largest = 0.0
    for start in stride(from: 0, to: count, by: 16) {
      let values = (0..<16).map { Float(lowest + (highest - lowest) * Double(start + $0) / Double(count - 1)) }
      let results = function(Lanes(values))
      for (index, value) in values.enumerated() {
        let error = abs(Double(results[index]) - reference(Double(value))) / size(Double(value))
        if error.isNaN { return .infinity }
        largest = max(largest, error)
      }
    }
    return largest
  }

  @Test("exponential: relative error of a float's rounding over the whole range")
  func exponential() {
    #expect(largestError(from: -87, to: 88, { VectorMath.exponential($0) }, { exp($0) }, relativeTo: { exp($0) }) < 1e-7)
    #expect(largestError(from: -1, to: 1, { VectorMath.exponential($0) }, { exp($0) }, relativeTo: { exp($0) }) < 1e-7)
  }

  @Test(
    "exponential stays finite and positive for any finite argument",
    arguments: [-Float.greatestFiniteMagnitude, -100, 100, .greatestFiniteMagnitude])
  func exponentialOfLargeArguments(argument: Float) {
    let value = VectorMath.exponential(Lanes(repeating: argument))[7]
    #expect(value.isFinite && value > 0)
  }

  @Test("sigmoid")
  func sigmoid() {
    #expect(largestError(from: -100, to: 100, { VectorMath.sigmoid($0) }, { 1 / (1 + exp(-$0)) }) < 1.5e-7)
    #expect(largestError(from: -8, to: 8, { VectorMath.sigmoid($0) }, { 1 / (1 + exp(-$0)) }) < 1.5e-7)
  }

  @Test("GELU and its derivative")
  func gelu() {
    let reference = ReferenceActivation.gelu
    let slope = ReferenceActivation.geluSlope
    for bound in [4.0, 100.0] {
      #expect(largestError(from: -bound, to: bound, { VectorMath.gelu($0) }, reference, relativeTo: { max(1, abs($0)) }) < 1e-7)
      #expect(largestError(from: -bound, to: bound, { VectorMath.geluDerivative($0) }, slope) < 2e-7)
    }
  }

  @Test("e^x − 1 and the hyperbolic tangent keep their digits near zero")
  func smallArguments() {
    for bound in [1e-4, 1, 80] {
      #expect(
        largestError(from: -bound, to: -1e-6 * bound, { VectorMath.exponentialMinusOne($0) }, expm1, relativeTo: { abs(expm1($0)) }) < 2e-7)
      #expect(
        largestError(from: 1e-6 * bound, to: bound, { VectorMath.hyperbolicTangent($0) }, tanh, relativeTo: { abs(tanh($0)) }) < 4e-7)
    }
  }

  @Test("NaN stays NaN")
  func notANumber() {
    let lanes = Lanes(repeating: .nan)
    let results = [
      VectorMath.exponential(lanes), VectorMath.sigmoid(lanes), VectorMath.gelu(lanes), VectorMath.geluDerivative(lanes),
    ]
    #expect(results.allSatisfy { $0[3].isNaN })
  }

  @Test("a value does not depend on its place in the row", arguments: [1, 15, 16, 17, 33])
  func tail(count: Int) {
    let whole = Tensor.random([64], lane: 1, bound: 5)
    let reference = Tensor.zeros([64])
    VectorMath.map(whole.elements, to: reference.elements, count: 64) { VectorMath.gelu($0) }
    for offset in [0, 3] {
      let part = Tensor([64], filledWith: 7)
      VectorMath.map(whole.elements + offset, to: part.elements, count: count) { VectorMath.gelu($0) }
      #expect(Array(part.values().prefix(count)) == Array(reference.values()[offset..<offset + count]))
      #expect(part.values().dropFirst(count).allSatisfy { $0 == 7 }, "wrote behind the row")
    }
  }

  @Test("sums skip the padding of the last vector", arguments: [1, 15, 16, 17, 100])
  func sums(count: Int) {
    let row = Tensor.random([count], lane: 2)
    let sum = VectorMath.sum(row.elements, count: count) { $0 + 1 }
    // Each term is rounded to float, at most 6e-8 apiece.
    #expect(abs(sum - row.doubles.reduce(0) { $0 + $1 + 1 }) < 1e-7 * Double(count))
  }
}

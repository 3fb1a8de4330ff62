import ComplexModule
import Foundation
import Testing

@testable import Operations

/// Elementary functions of eight complex numbers against the C library and against a long series.
@Suite struct ComplexLanesTests {
  private func lanes(_ values: [Complex<Double>]) -> ComplexLanes {
    ComplexLanes(real: SIMD8(values.map(\.real)), imaginary: SIMD8(values.map(\.imaginary)))
  }

  private func number(_ lanes: ComplexLanes, _ lane: Int) -> Complex<Double> { Complex(lanes.real[lane], lanes.imaginary[lane]) }

  /// The largest |value − reference| / |reference| over eight numbers at a time.
  private func largestError(
    _ arguments: [Complex<Double>], _ function: (ComplexLanes) -> ComplexLanes, _ reference: (Complex<Double>) -> Complex<Double>
  ) -> Double {
    var largest = 0.0
    for start in stride(from: 0, to: arguments.count - 7, by: 8) {
      let values = Array(arguments[start..<start + 8])
      let results = function(lanes(values))
      for (lane, value) in values.enumerated() {
        let error = (number(results, lane) - reference(value)).length / reference(value).length
        if error.isNaN { return .infinity }
        largest = max(largest, error)
      }
    }
    return largest
  }

  @Test("exponential: a few roundings over the whole range of real parts and angles", arguments: [1.0, 40, 3000, 999_999, 5e6])
  func exponential(largestAngle: Double) {
    let arguments = (0..<16_000).map { index -> Complex<Double> in
      let realPart: Double = -700 + 1400 * Double(index) / 15_999
      // The angles in another order than the real parts.
      let angle: Double = 2 * Double(index * 7919 % 16_000) / 15_999 - 1
      return Complex(realPart, largestAngle * angle)
    }
    #expect(largestError(arguments, ComplexLanes.exponential, { .exp($0) }) < 1e-15)
    let small = arguments.map { Complex($0.real / 700, $0.imaginary) }
    #expect(largestError(small, ComplexLanes.exponential, { .exp($0) }) < 1e-15)
  }

  @Test("sine and cosine near multiples of π/2 keep their relative precision")
  func quadrants() {
    for multiple in [-1001, -4, -3, -2, -1, 0, 1, 2, 3, 4, 1_000, 600_001] {
      for shift in [-1e-9, 0, 1e-9, 1e-3] {
        let angle = Double(multiple) * .pi / 2 + shift
        let (sine, cosine) = ComplexLanes.sineAndCosine(SIMD8(repeating: angle))
        #expect(abs(sine[3] - sin(angle)) <= 4e-16 * abs(sin(angle)))
        #expect(abs(cosine[3] - cos(angle)) <= 4e-16 * abs(cos(angle)))
      }
    }
  }

  @Test("exponential: NaN stays NaN, very negative real parts give a modulus below any float's")
  func special() {
    let result = ComplexLanes.exponential(
      lanes([Complex(Double.nan, 1), Complex(-1, .nan), Complex(-1e300, 2)] + Array(repeating: 0, count: 5)))
    #expect(result.real[0].isNaN && result.imaginary[0].isNaN && result.real[1].isNaN && result.imaginary[1].isNaN)
    #expect(number(result, 2).length < 1e-300)
    #expect(number(result, 3) == 1)
  }

  /// φ′ = Σ xᵏ/(k!·(k+2)) and φ = Σ xᵏ/(k+1)!, summed until nothing changes.
  private func series(_ x: Complex<Double>, isSlope: Bool) -> Complex<Double> {
    var (power, sum) = (Complex<Double>(1), Complex<Double>(0))
    for k in 0..<60 {
      sum += power / Complex(Double(isSlope ? k + 2 : k + 1))
      power = power * x / Complex(Double(k + 1))
    }
    return sum
  }

  @Test("quotient of the exponential: value and slope on both sides of the switch, near 0 and far from it")
  func quotient() {
    let radii = [1e-300, 1e-12, 1e-5, 0.01, 0.1, 0.1249, 0.1251, 0.13, 0.5, 1, 2]
    // The left half plane, where the poles are, and 16 angles each.
    let arguments = radii.flatMap { radius -> [Complex<Double>] in
      (0..<16).map { step -> Complex<Double> in
        let angle: Double = .pi / 2 + .pi * Double(step) / 15
        return Complex(radius * cos(angle), radius * sin(angle))
      }
    }
    func part(_ x: ComplexLanes, isSlope: Bool) -> ComplexLanes {
      let (value, slope) = ExponentialQuotient.valueAndSlope(x, exponential: .exponential(x))
      return isSlope ? slope : value
    }
    #expect(largestError(arguments, { part($0, isSlope: false) }, { series($0, isSlope: false) }) < 1e-14)
    #expect(largestError(arguments, { part($0, isSlope: true) }, { series($0, isSlope: true) }) < 1e-13)
    let zero = ExponentialQuotient.valueAndSlope(.zero, exponential: ComplexLanes(1))
    #expect(number(zero.value, 0) == 1 && number(zero.slope, 0) == Complex(0.5))
  }
}

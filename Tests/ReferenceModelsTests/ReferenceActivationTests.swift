import Foundation
import ReferenceModels
import TestSupport
import Testing

/// The twin's pointwise functions by their definitions and by differences.
@Suite struct ReferenceActivationTests {
  private func values(_ count: Int, _ step: Int) -> [Double] { (0..<count).map { Double(($0 * step) % 23) / 4 - 2.7 } }

  @Test("gate and gradient", arguments: [(1, 1, 1), (2, 3, 5), (3, 2, 17)])
  func gate(batch: Int, width: Int, length: Int) {
    let half = width * length
    let (input, slopes) = (values(batch * 2 * half, 7), values(batch * half, 5))
    let gradient = ReferenceActivation.gateGradient(slopes, input, half: half)
    let differences = GradientCheck.differences("input", gradient.map { Float($0) }, at: input) {
      dotProduct(ReferenceActivation.gate($0, half: half), slopes)
    }
    #expect(differences == [], "B=\(batch), H=\(width), L=\(length)")
    // The first half of a sample's channels are the values, the second half the gates.
    let last = input.count - 1
    let expected = input[last - half] / (1 + exp(-input[last]))
    #expect(abs(ReferenceActivation.gate(input, half: half)[batch * half - 1] - expected) < 1e-14)
  }

  @Test("GELU is x·Φ(x), and its slope") func gelu() {
    #expect(ReferenceActivation.gelu(0) == 0 && abs(ReferenceActivation.gelu(1) - 0.841_344_746_068_543) < 1e-14)
    let points = values(23, 1)
    let slopes = points.map { Float(ReferenceActivation.geluSlope($0)) }
    #expect(GradientCheck.differences("x", slopes, at: points) { $0.map(ReferenceActivation.gelu).reduce(0, +) } == [])
  }

  @Test("slopes of the other functions") func slopes() {
    let points = values(23, 1)
    let functions: [((Double) -> Double, (Double) -> Double)] = [
      (ReferenceActivation.tanhGELU, ReferenceActivation.tanhGELUSlope), (ReferenceActivation.elu, ReferenceActivation.eluSlope),
      (tanh, ReferenceActivation.tanhSlope),
    ]
    for (value, slope) in functions {
      #expect(GradientCheck.differences("x", points.map { Float(slope($0)) }, at: points) { $0.map(value).reduce(0, +) } == [])
    }
  }
}

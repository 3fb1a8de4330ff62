import ComplexModule
import StateSpace
import Testing
import Vocabulary

@Suite struct DiscretizationTests {
  @Test func zeroOrderHoldIsAccurateNextToZero() {
    // The terms that are left out are below 1e-15/24.
    for size in [1e-300, 1e-20, 1e-12, 1e-8, 1e-5] {
      let z = Complex(length: size, phase: 2)
      let value = RelativeExponential.value(z)
      let square = z * z
      let series = 1 + z / 2 + square / 6
      #expect((value - series).magnitude < 1e-13, "size \(size)")
      let slope = RelativeExponential.slope(z)
      let slopeSeries = Complex(0.5) + z / 3 + square / 8
      #expect((slope - slopeSeries).magnitude < 1e-13, "size \(size)")
    }
    #expect(RelativeExponential.value(0) == 1)
    #expect(RelativeExponential.slope(0) == Complex(0.5))
  }

  /// Series and closed form meet at modulus 1.
  @Test func seriesMeetsTheClosedForm() {
    for phase in [0, 1, 2, 3, -1.5] {
      let inside = Complex<Double>(length: 1 - 1e-12, phase: phase)
      let outside = Complex<Double>(length: 1 + 1e-12, phase: phase)
      #expect((RelativeExponential.value(inside) - RelativeExponential.value(outside)).magnitude < 1e-11)
      #expect((RelativeExponential.slope(inside) - RelativeExponential.slope(outside)).magnitude < 1e-11)
    }
  }

  @Test func valuesOfBothRules() {
    let pole = Complex(-0.5, 3.0)
    let inputWeight = Complex(0.3, -2.0)
    let timestep = Complex(0.25)
    let one = Complex<Double>.one
    let scaledPole = pole * timestep

    let held = Discretization.zeroOrderHold.discretize(pole: pole, inputWeight: inputWeight, timestep: timestep.real)
    let heldPole = Complex.exp(scaledPole)
    #expect((held.pole - heldPole).magnitude < 1e-15)
    #expect((held.inputWeight - inputWeight * (heldPole - one) / pole).magnitude < 1e-15)

    let bilinear = Discretization.bilinear.discretize(pole: pole, inputWeight: inputWeight, timestep: timestep.real)
    let denominator = one - scaledPole / 2
    #expect((bilinear.pole - (one + scaledPole / 2) / denominator).magnitude < 1e-15)
    #expect((bilinear.inputWeight - inputWeight * timestep / denominator).magnitude < 1e-15)
  }

  @Test("stable poles stay stable", arguments: Discretization.allCases)
  func stability(discretization: Discretization) {
    for real in [-1e-9, -0.5, -40] {
      for imaginary in [0, 1, -1000.0] {
        #expect(discretization.mode(at: Complex(real, imaginary)).pole.length < 1)
      }
    }
  }
}

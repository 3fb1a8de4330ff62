import ComplexModule
import StateSpace
import TestSupport
import Testing

/// TFB's filter as a function of frequency.
@Suite struct TunedSystemTests {
  private let system = DiagonalSystem(
    poles: TunedPoles.longRangeArena(scale: 3, modeCount: 4), outputWeights: [Complex(1, 2), Complex(-1), Complex(0, 1), Complex(0.5)],
    timestep: 0.1)

  @Test("every r-th sample: bins keep their frequencies, cycles are those of the new samples") func resampling() {
    let bins = TunedSystem(system: system, exponent: 0.7, weighting: .binsOver10000, pointCount: 60_000)
    let slowBins = bins.resampled(every: 3)
    for frequency in [0, 2, 9.0] {
      let expected = bins.continuousTransferFunction(atFrequency: frequency)
      #expect((slowBins.continuousTransferFunction(atFrequency: frequency) - expected).length < 1e-14 * expected.length)
    }
    // What the layer does with three times the step and the same filter.
    let slow = TunedSystem(system: system, exponent: 0.7).resampled(every: 3)
    var tripled = system
    tripled.timestep *= 3
    #expect(slow.kernel(length: 5) == TunedSystem(system: tripled, exponent: 0.7).kernel(length: 5))
  }

  @Test("the filtered transfer function is (1 + |ω|)ᵝ·G") func transferFunctions() {
    // 1 + k/10,000 = 1 + |ω|
    let tuned = TunedSystem(
      system: system, exponent: 0.7, weighting: .binsOver10000, pointCount: 20_000 * .pi / system.timestep)
    for frequency in [-5, 0, 0.3, 20] {
      let expected = Complex(Double.pow(1 + abs(frequency), 0.7)) * system.continuousTransferFunction(atFrequency: frequency)
      #expect((tuned.continuousTransferFunction(atFrequency: frequency) - expected).length < 1e-14 * expected.length)
    }
    // 600 steps of 0.1 with damping ½ are 30 time constants: the kernel's end is below 1e-13 of its start.
    let kernel = tuned.kernel(length: 600)
    let angle = 2 * .pi * 17 / 1200.0
    let sum = kernel.enumerated().reduce(Complex<Double>.zero) { sum, value in
      sum + Complex(length: value.element, phase: -angle * Double(value.offset - 600))
    }
    #expect((tuned.transferFunction(at: angle) - sum).length < 1e-11 * sum.length)
  }

  @Test func variationAlongACurve() {
    let corner: [Complex<Double>] = [0, 3, Complex(3, 4)]
    #expect(TotalVariation.remaining(corner) == [7, 4, 0])
    #expect(TotalVariation.remaining([]).isEmpty)
  }
}

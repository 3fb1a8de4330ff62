import ComplexModule
import LinearAlgebra
import ReferenceModels
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// The filter by itself; inside layers it is checked by golden cases 03b, 03c and 03d.
@Suite struct ReferenceSobolevFilterTests {
  private func values(_ count: Int) -> [Double] { (0..<count).map { Double(($0 * 29) % 13) - 6 } }

  @Test("β = 0 changes nothing", arguments: FilterWeighting.allCases, [1, 2, 9, 16])
  func zeroExponent(weighting: FilterWeighting, count: Int) {
    let filter = ReferenceSobolevFilter(weighting: weighting, exponent: 0)
    #expect(maxRelative(filter.forward(values(count)), values(count)) < 1e-13)
  }

  @Test func bases() {
    func bases(_ weighting: FilterWeighting) -> [Double] {
      (0..<6).map { ((weighting.base(bin: $0, of: 6) - 1) * 10000).rounded() }
    }
    #expect(bases(.binsOver10000Unmirrored) == [0, 1, 2, 3, 4, 5])
    #expect(bases(.binsOver10000FlippedByOne) == [0, 1, 2, 2, 1, 0])
    #expect(bases(.binsOver10000) == [0, 1, 2, 3, 2, 1])
    #expect(FilterWeighting.cyclesPerSample.base(bin: 4, of: 6) == 1 + 2.0 / 6)
  }

  @Test("filtering the kernel is filtering the output", arguments: FilterWeighting.allCases)
  func outputFilter(weighting: FilterWeighting) {
    let (kernel, input) = (values(12), (0..<12).map { Double($0 * $0 % 7) })
    let filter = ReferenceSobolevFilter(weighting: weighting, exponent: -3)
    let spectra = zip(DiscreteFourierTransform.forward(kernel), DiscreteFourierTransform.forward(input)).enumerated()
    let product = spectra.map { $1.0 * $1.1 * Complex(Double.pow(weighting.base(bin: $0, of: 12), -3)) }
    let expected = DiscreteFourierTransform.inverse(product).map(\.real)
    #expect(maxRelative(DirectConvolution.circular(input, circle: filter.forward(kernel)), expected) < 1e-13)
  }

  @Test(arguments: FilterWeighting.allCases, [0.0, -1, 2.5])
  func gradientAgreesWithDifferences(weighting: FilterWeighting, exponent: Double) {
    let (kernel, slopes) = (values(7), (0..<7).map { Double($0 * 3 % 5) - 1 })
    let filter = ReferenceSobolevFilter(weighting: weighting, exponent: exponent)
    let gradient = filter.backward(outputGradient: slopes, kernel: kernel)
    func loss(_ kernel: [Double], _ exponent: Double) -> Double {
      dotProduct(ReferenceSobolevFilter(weighting: weighting, exponent: exponent).forward(kernel), slopes)
    }
    let difference = (loss(kernel, exponent + 1e-4) - loss(kernel, exponent - 1e-4)) / 2e-4
    // Logarithms of the bases are below 1, so is every derivative; rounding of a loss of some hundreds gives 1e-9.
    #expect(abs(gradient.exponent - difference) < 1e-6 * (1 + abs(difference)))
    for index in kernel.indices {
      var unit = kernel.map { _ in 0.0 }
      unit[index] = 1
      #expect(abs(gradient.kernel[index] - loss(unit, exponent)) < 1e-12)  // the loss is linear in the kernel
    }
  }

  private let system = DiagonalSystem(
    poles: TunedPoles.longRangeArena(scale: 3, modeCount: 4), outputWeights: [Complex(1, 2), Complex(-1), Complex(0, 1), Complex(0.5)],
    timestep: 0.1)

  @Test("the kernel is that of the Long Range Arena layer", arguments: [1, 8, 15], [-1.0, 0, 0.5])
  func layer(length: Int, exponent: Double) {
    let kernel = TunedSystem(system: system, exponent: exponent).kernel(length: length)
    let filter = ReferenceSobolevFilter(weighting: .cyclesPerSample, exponent: exponent)
    let circle = filter.forward(DirectConvolution.circle(forward: system.kernel(length: length)))
    // The circle begins at lag 0 and ends with lag −1.
    #expect(maxRelative(kernel, Array(circle.suffix(length) + circle.prefix(length))) < 1e-13)
  }

  @Test("bins as each script counts them", arguments: FilterWeighting.allCases)
  func bins(weighting: FilterWeighting) {
    let filter = ReferenceSobolevFilter(weighting: weighting, exponent: 300)
    let circle = filter.forward(DirectConvolution.circle(forward: system.kernel(length: 20)))
    let kernel = TunedSystem(system: system, exponent: 300, weighting: weighting, pointCount: 40).kernel(length: 20)
    #expect(maxRelative(kernel, Array(circle.suffix(20) + circle.prefix(20))) < 1e-12)
  }
}

import ComplexModule
import LinearAlgebra
import StateSpace
import TestSupport
import Testing
import Vocabulary

/// The filter by itself; inside layers it is checked by `ReferenceLayerTests`.
@Suite struct SobolevFilterTests {

  private func values(_ count: Int) -> [Double] { (0..<count).map { Double(($0 * 29) % 13) - 6 } }

  @Test("β = 0 changes nothing", arguments: FilterWeighting.allCases, [1, 2, 9, 16])
  func zeroExponent(weighting: FilterWeighting, count: Int) {
    let filter = DirectSobolevFilter(weighting: weighting, exponent: 0)
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
    let filter = DirectSobolevFilter(weighting: weighting, exponent: -3)
    let spectra = zip(DiscreteFourierTransform.forward(kernel), DiscreteFourierTransform.forward(input)).enumerated()
    let product = spectra.map { $1.0 * $1.1 * Complex(Double.pow(weighting.base(bin: $0, of: 12), -3)) }
    let expected = DiscreteFourierTransform.inverse(product).map(\.real)
    #expect(maxRelative(DirectConvolution.circular(input, circle: filter.forward(kernel)), expected) < 1e-13)
  }

  @Test(arguments: FilterWeighting.allCases, [0.0, -1, 2.5])
  func gradientAgreesWithDifferences(weighting: FilterWeighting, exponent: Double) {
    let (kernel, slopes) = (values(7), (0..<7).map { Double($0 * 3 % 5) - 1 })
    let filter = DirectSobolevFilter(weighting: weighting, exponent: exponent)
    let gradient = filter.backward(outputGradient: slopes, kernel: kernel)
    func loss(_ kernel: [Double], _ exponent: Double) -> Double {
      dotProduct(DirectSobolevFilter(weighting: weighting, exponent: exponent).forward(kernel), slopes)
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
}

import Operations
import ReferenceModels
import TestSupport
import Testing
import Vocabulary

@Suite struct SobolevFilterTests {
  struct Case: Sendable {
    let weighting: FilterWeighting
    let directions: Int
    let length: Int
    let isCircular: Bool
    /// β of each channel, or one for all.
    var exponents: [Float] = [-1, 0.5, 2.5]
  }

  /// Each unit of frequency on padded circles and without padding, also on odd ones.
  static let cases =
    FilterWeighting.allCases.flatMap {
      [
        Case(weighting: $0, directions: 1, length: 9, isCircular: false), Case(weighting: $0, directions: 2, length: 16, isCircular: false),
        Case(weighting: $0, directions: 1, length: 21, isCircular: true),
      ]
    } + [
      Case(weighting: .binsOver10000, directions: 1, length: 1, isCircular: true, exponents: [1.5]),
      Case(weighting: .cyclesPerSample, directions: 2, length: 12, isCircular: false, exponents: [-2]),
    ]

  @Test(
    "kernels and gradients are those of the twin on the circle", arguments: Engine.cases(cases, onDevice: [0, 4, 8, 10, 13]))
  func agreesWithReference(engine: Engine, sizes: Case) throws {
    let (width, length) = (3, sizes.length)
    let options = SobolevFilter.Options(weighting: sizes.weighting, isCircular: sizes.isCircular)
    let kernel = Tensor.random([sizes.directions, width, length], lane: 1)
    let outputGradient = Tensor.random([sizes.isCircular ? 1 : 2, width, length], lane: 2)
    let exponents = Tensor([sizes.exponents.count], values: sizes.exponents)
    let exponentGradient = Tensor(exponents.shape, filledWith: 2)
    let results = try engine.run([kernel, outputGradient, exponents, exponentGradient]) {
      let output = SobolevFilter.forward(kernel, exponents: exponents, options: options)
      return [
        output,
        SobolevFilter.backward(
          outputGradient: outputGradient, kernel: kernel, exponents: exponents, exponentGradient: exponentGradient, options: options),
      ]
    }

    /// The circles of rows, the second direction's backwards from the last point.
    func circles(_ tensor: Tensor) -> [[Double]] {
      let rows = Rows.cut(tensor.doubles, length)
      if sizes.isCircular { return rows }
      return (0..<width).map { channel in
        rows[channel] + (tensor.shape[0] == 2 ? rows[width + channel].reversed() : [Double](repeating: 0, count: length))
      }
    }
    func rows(_ circles: [[Double]], directions: Int) -> [Double] {
      circles.flatMap { $0.prefix(length) } + (directions == 2 ? circles.flatMap { $0.suffix(length).reversed() } : [])
    }
    let filters = (0..<width).map {
      ReferenceSobolevFilter(weighting: sizes.weighting, exponent: Double(sizes.exponents[$0 % sizes.exponents.count]))
    }
    let (kernels, slopes) = (circles(kernel), circles(outputGradient))
    let expected = (0..<width).map { filters[$0].forward(kernels[$0]) }
    let gradients = (0..<width).map { filters[$0].backward(outputGradient: slopes[$0], kernel: kernels[$0]) }
    #expect(maxRelative(results[0].doubles, rows(expected, directions: outputGradient.shape[0])) < 2e-6)
    #expect(maxRelative(results[1].doubles, rows(gradients.map(\.kernel), directions: sizes.directions)) < 2e-6)
    let byExponent = gradients.map(\.exponent)
    let summed = exponents.count == 1 ? [byExponent.reduce(0, +)] : byExponent
    #expect(maxRelative(exponentGradient.doubles, summed.map { $0 + 2 }) < 2e-6)
  }
}

import Operations
import StateSpace
import TestSupport
import Testing

@testable import SequenceModels

/// Starting values of convolutions.
@Suite struct KernelStartTests {
  private func meanSquare(_ values: [Double]) -> Double { values.reduce(0) { $0 + $1 * $1 } / Double(values.count) }

  @Test("truncated normal numbers have the variance asked for and end at two deviations of the uncut ones")
  func truncatedNormal() {
    var initializer = ParameterInitializer(seed: 3)
    let values = initializer.truncatedNormal([40_000], variance: 0.25).doubles
    #expect(abs(values.reduce(0, +) / 40_000) < 0.01 && abs(meanSquare(values) - 0.25) < 0.005)
    let end = 2 * 0.5 / 0.879_625_66
    #expect(values.allSatisfy { abs($0) <= end } && values.contains { abs($0) > 0.98 * end })
  }

  @Test("in the eigenbasis |B|² and |C|² have the mean of the real weights: 2 over the inputs of a sum")
  func convolutionalWeights() throws {
    var initializer = ParameterInitializer(seed: 4)
    let (modes, width, kernel) = (16, 12, 3)
    let (input, output) = initializer.convolutionalWeights(
      eigenvectors: try InitialPoles.legSEigenvectors(stateSize: 2 * modes), width: width, kernel: kernel)
    #expect(input.shape == [2, modes, width, kernel, kernel] && output.shape == [2, width, modes, kernel, kernel])
    // Both parts of a number together; 1,728 of them.
    #expect(abs(2 * meanSquare(input.doubles) / (2 / Double(width * 9)) - 1) < 0.1)
    #expect(abs(2 * meanSquare(output.doubles) / (2 / Double(2 * modes * 9)) - 1) < 0.1)
  }

  @Test("B and C come from the same basis: of two modes both are the products with the vectors")
  func basis() throws {
    let vectors = try InitialPoles.legSEigenvectors(stateSize: 4)
    var (initializer, same) = (ParameterInitializer(seed: 5), ParameterInitializer(seed: 5))
    let (input, output) = initializer.convolutionalWeights(eigenvectors: vectors, width: 3, kernel: 1)
    let weights = same.truncatedNormal([4, 3], variance: 2.0 / 3).doubles
    let readouts = same.truncatedNormal([3, 4], variance: 0.5).doubles
    for mode in 0..<2 {
      for channel in 0..<3 {
        for (part, sign) in [(0, 1.0), (1, -1)] {
          let component = { (state: Int) in part == 0 ? vectors[mode][state].real : vectors[mode][state].imaginary }
          let b = (0..<4).reduce(0.0) { $0 + sign * component($1) * weights[$1 * 3 + channel] }
          let c = (0..<4).reduce(0.0) { $0 + component($1) * readouts[channel * 4 + $1] }
          #expect(abs(input.doubles[(part * 2 + mode) * 3 + channel] - b) < 1e-6)
          #expect(abs(output.doubles[(part * 3 + channel) * 2 + mode] - c) < 1e-6)
        }
      }
    }
  }
}

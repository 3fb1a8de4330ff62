import Foundation
import Testing
import Vocabulary

@testable import Operations

@Suite struct FilterFrequenciesTests {
  /// The bases over the whole circle, written out apart from the code under test.
  private func bases(_ weighting: FilterWeighting, count: Int) -> [Double] {
    let rising = (0..<count).map { Double($0) }
    let folded = rising.map { $0 <= Double(count) / 2 ? $0 : Double(count) - $0 }
    return switch weighting {
    case .binsOver10000Unmirrored: rising.map { 1 + $0 / 10000 }
    case .binsOver10000FlippedByOne: (rising[..<(count / 2)] + rising[..<((count + 1) / 2)].reversed()).map { 1 + $0 / 10000 }
    case .binsOver10000: folded.map { 1 + $0 / 10000 }
    case .cyclesPerSample: folded.map { 1 + $0 / Double(count) }
    }
  }

  @Test(
    "factors are the means of mirrored powers, and slopes their derivatives by the exponent", arguments: FilterWeighting.allCases,
    [1, 2, 31, 32, 1000, 4097])
  func powers(weighting: FilterWeighting, count: Int) {
    let bases = bases(weighting, count: count)
    let frequencies = FilterFrequencies.of(weighting, count: count)
    for exponent in [-1, 0, 0.5, 2.5] {
      // Whole groups of sixteen.
      var values = [Float](repeating: .nan, count: count / 2 + 16)
      var slopes = values
      frequencies.write(exponent: exponent, to: &values, slopes: &slopes)
      var (valueErrors, slopeErrors) = ([Double](), [Double]())
      for bin in 0...count / 2 {
        let pair = [bases[bin % count], bases[(count - bin) % count]]
        let value = pair.map { pow($0, exponent) }.reduce(0, +) / 2
        let slope = pair.map { log($0) * pow($0, exponent) }.reduce(0, +) / 2
        valueErrors.append(abs(Double(values[bin]) - value) / value)
        // Zero where both bases are one, and then exactly.
        slopeErrors.append(abs(Double(slopes[bin]) - slope) / max(slope, 1e-30))
      }
      #expect(valueErrors.allSatisfy { $0 < 2e-7 }, "factors with exponent \(exponent)")
      #expect(slopeErrors.allSatisfy { $0 < 3e-7 }, "slopes with exponent \(exponent)")
    }
  }
}

import AnalyticResults
import ComplexModule
import Foundation
import StateSpace
import TestSupport
import Testing

@Suite struct TFBResultsTests {
  private static let frequency = "frequency_radians_per_time"

  @Test("α multiplies the frequencies of all poles and leaves their damping")
  func poles() throws {
    let poles = try #require(try resultTables("tfb-poles")["tfb-poles"])
    let reference = poles.numbers("pole_imaginary", where: ["system": "s4d-lin", "alpha": "1"])
    #expect(maxRelative(reference, (0..<32).map { .pi * Double($0) }) < 1e-9)
    for alpha in [0.1, 10] {
      let scaled = poles.numbers("pole_imaginary", where: ["system": "s4d-lin", "alpha": alpha.tableText])
      #expect(maxRelative(scaled, reference.map { alpha * $0 }) < 1e-9)
    }
    #expect(poles.numbers("pole_real").allSatisfy { $0 == -0.5 })
    let waves = poles.numbers("pole_imaginary", where: ["system": "waves", "alpha": "100"])
    #expect(maxRelative(waves, [1.3, 2.3, 3.3, 4.3].map { 100 * .pi * $0 }) < 1e-9)
  }

  /// The median of a series at the frequency nearest to one.
  private func median(_ table: AnalyticTable, _ column: String, at frequency: Double, where fields: [String: String]) -> Double {
    let frequencies = table.numbers(Self.frequency, where: fields)
    let nearest = frequencies.indices.min { abs(log(frequencies[$0] / frequency)) < abs(log(frequencies[$1] / frequency)) }
    return nearest.map { table.numbers(column, where: fields)[$0] } ?? .nan
  }

  @Test("larger α responds at higher frequencies")
  func transfer() throws {
    let table = try #require(try resultTables("tfb-transfer-functions")["tfb-transfer-functions"])
    func magnitude(_ alpha: String, _ frequency: Double) -> Double {
      median(table, "magnitude_median", at: frequency, where: ["alpha": alpha])
    }
    #expect(magnitude("10", 500) > 3 * magnitude("1", 500))
    #expect(magnitude("1", 50) > 3 * magnitude("0.1", 50))
    #expect(magnitude("0.1", 5) > magnitude("1", 5) && magnitude("1", 5) > magnitude("10", 5))
    #expect(zip(table.numbers("magnitude_10"), table.numbers("magnitude_90")).allSatisfy { $0 < $1 })
  }

  @Test("total variation above ω₀ falls with ω₀, rises with α above the poles, and keeps below its bound")
  func variation() throws {
    let table = try #require(try resultTables("tfb-total-variation")["tfb-total-variation"])
    let series = ["0.1", "1", "10"].map { table.numbers("variation_median", where: ["alpha": $0]) }
    let thresholds = table.numbers(Self.frequency, where: ["alpha": "1"])
    for values in series { #expect(zip(values, values.dropFirst()).allSatisfy { $0 > $1 }) }
    let above = thresholds.indices.filter { thresholds[$0] > 3.1 * .pi }
    #expect(above.count > 15)
    for index in above { #expect(series[0][index] < series[1][index] && series[1][index] < series[2][index]) }
    let bounds = table.numbers("bound_median")
    let bounded = zip(bounds, table.numbers("variation_median")).filter { !$0.0.isNaN }
    #expect(bounded.count > 20 && bounded.allSatisfy { $0.1 <= $0.0 })
    #expect(bounded.contains { $0.1 > 0.1 * $0.0 }, "the bound is of the right size")
  }

  @Test("total variation of one real pole is the integral in closed form")
  func singlePole() {
    let system = DiagonalSystem(poles: [Complex(-0.5)], outputWeights: [Complex(0.7)], timestep: 0.01)
    let thresholds = [0.1, 1, 10, 100]
    let values = BandVariation.variations(system, above: thresholds, top: 0, step: 0.01)
    // G = 2c/(is + ½), |dG/ds| = 2c/(s² + ¼), on both sides.
    let exact = thresholds.map { 2 * 2 * 0.7 * 2 * (Double.pi / 2 - atan(2 * $0)) }
    for (value, exact) in zip(values, exact) { #expect(abs(value / exact - 1) < 0.02, "\(value) for \(exact)") }
  }

  @Test("the filter multiplies by (1 + |s|)^β: low frequencies stay, high ones are tilted")
  func filter() throws {
    let table = try #require(try resultTables("tfb-sobolev-filter")["tfb-sobolev-filter"])
    let frequencies = table.numbers(Self.frequency, where: ["beta": "0"])
    let plain = table.numbers("magnitude_median", where: ["beta": "0"])
    for beta in [-1.0, 1] {
      let filtered = table.numbers("magnitude_median", where: ["beta": beta.tableText])
      let expected = zip(frequencies, plain).map { pow(1 + $0, beta) * $1 }
      #expect(zip(filtered, expected).allSatisfy { abs($0 / $1 - 1) < 1e-8 })
    }
  }

  @Test("∂G/∂y is the slope of G", arguments: [0.3, 3, 30])
  func derivative(frequency: Double) {
    let poles = [Complex(-0.5, -3.0), Complex(-0.4, -20.0)]
    let weights = [Complex(0.3, -0.8), Complex(-0.5, 0.2)]
    for mode in 0..<2 {
      func value(_ shift: Double) -> Complex<Double> {
        var moved = poles
        moved[mode].imaginary -= shift  // stored poles are those with the negative imaginary part
        return DiagonalSystem(poles: moved, outputWeights: weights, timestep: 0.01).continuousTransferFunction(atFrequency: frequency)
      }
      let system = DiagonalSystem(poles: poles, outputWeights: weights, timestep: 0.01)
      let slope = (value(1e-5) - value(-1e-5)) / Complex(2e-5)
      let difference = GradientSensitivity.derivative(system, mode: mode, frequency: frequency) - slope
      #expect(difference.length < 1e-6 * max(1e-3, slope.length))
    }
  }

  @Test("errors pull most on poles near them; β tilts the pull by (1 + |s|)^2β")
  func gradient() throws {
    let table = try #require(try resultTables("tfb-gradient-sensitivity")["tfb-gradient-sensitivity"])
    for mode in [1, 8, 31] {
      func series(_ column: String, _ beta: String) -> [Double] { table.numbers(column, where: ["mode": "\(mode)", "beta": beta]) }
      let frequencies = series(Self.frequency, "0")
      let medians = series("gradient_median", "0")
      let highest = try #require(medians.indices.max { medians[$0] < medians[$1] })
      #expect(abs(log(frequencies[highest] / (.pi * Double(mode)))) < 0.25, "\(frequencies[highest])")
      let far = try #require(frequencies.firstIndex { $0 > 10 * .pi * Double(mode) })
      #expect(medians[far] < 1e-3 * medians[highest])
      for (index, value) in series("gradient_median", "1").enumerated() {
        #expect(abs(value / (pow(1 + frequencies[index], 2) * medians[index]) - 1) < 1e-8)
      }
    }
  }
}

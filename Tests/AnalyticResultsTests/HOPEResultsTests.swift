import LinearAlgebra
import StateSpace
import SystemAnalysis
import Testing

@Suite struct HOPEResultsTests {
  @Test("random poles begin with the lowest ε-rank and the fastest decay")
  func spectra() throws {
    let tables = try resultTables("hope-initial-spectra")
    let ranks = try #require(tables["hope-initial-spectra-ranks"])
    func mean(_ name: String) -> Double {
      let values = ranks.numbers("rank", where: ["initialization": name, "tolerance": "0.0001"])
      return values.reduce(0, +) / Double(values.count)
    }
    for other in ["s4d-lin", "s4d-legs", "hope"] { #expect(mean("random") < mean(other), "\(other)") }
    let values = try #require(tables["hope-initial-spectra"])
    func value(_ name: String) throws -> Double {
      try #require(values.numbers("value_median", where: ["initialization": name, "index": "32"]).first)
    }
    for other in ["s4d-lin", "s4d-legs", "hope"] { #expect(try value("random") < value(other), "\(other)") }
  }

  @Test("singular values before training are those of the discrete systems with their own Δ, as in the tables of runs")
  func domain() throws {
    let table = try #require(try resultTables("hope-initial-spectra")["hope-initial-spectra"])
    var layer = InitialSystems(.diagonal(.legS))
    (layer.width, layer.timesteps) = (6, 0.001...0.1)
    func median(_ domain: TimeDomain) throws -> Double {
      let values = try layer.systems().map { entry in
        let spectrum = try entry.system.hankelSingularValues(domain)
        return spectrum[60] / spectrum[0]
      }
      return Quantiles(values).median
    }
    let shown = try #require(table.numbers("value_median", where: ["initialization": "s4d-legs", "index": "61"]).first)
    #expect(abs(shown / (try median(.discrete)) - 1) < 1e-8)
    #expect(abs(shown / (try median(.continuous)) - 1) > 1e-3)
  }

  @Test("ε-ranks of Hankel matrices grow faster than those of diagonal systems, by more than the errors", arguments: ["0.01", "0.0001"])
  func growth(tolerance: String) throws {
    let fits = try #require(try resultTables("hope-rank-growth")["hope-rank-growth-exponents"])
    func fit(_ family: String) throws -> (exponent: Double, error: Double) {
      let fields = ["family": family, "tolerance": tolerance]
      return (
        try #require(fits.numbers("exponent", where: fields).first), try #require(fits.numbers("standard_error", where: fields).first)
      )
    }
    let diagonal = try fit("diagonal")
    #expect(diagonal.exponent + 2 * diagonal.error < 1)
    for family in ["hankel", "hankel-padded"] {
      let hankel = try fit(family)
      #expect(hankel.exponent - 2 * hankel.error > diagonal.exponent + 2 * diagonal.error, "\(family)")
      #expect(abs(hankel.exponent - 1) < 0.15, "\(family)")
    }
  }

  @Test("no change of G exceeds its bound, the worst one found exceeds random ones, and HOPE's bound is reached")
  func bounds() throws {
    let table = try #require(try resultTables("hope-perturbation")["hope-perturbation"])
    #expect(table.rows.count == 9)
    for (worst, bound) in zip(table.numbers("worst"), table.numbers("bound")) { #expect(worst <= bound * (1 + 1e-9)) }
    for (random, worst) in zip(table.numbers("random_largest"), table.numbers("worst")) { #expect(random < worst) }
    for ratio in table.numbers("worst_over_bound", where: ["system": "hope"]) { #expect(ratio > 0.999) }
  }

  @Test("HOPE's response stays above a hundredth on [0, 64], S4D's vanishes")
  func memory() throws {
    let table = try #require(try resultTables("hope-impulse-response")["hope-impulse-response"])
    func ratio(_ system: String) -> Double {
      let values = table.numbers("magnitude_median", where: ["system": system])
      return values[560...].reduce(0, +) / values[40..<121].reduce(0, +)
    }
    #expect(ratio("hope") > 0.01 && ratio("hope") < 5)
    #expect(ratio("s4d-lin") < 1e-9)
  }

  @Test("a system of HOPE has a third of S4D's complex parameters")
  func parameters() throws {
    let table = try #require(try resultTables("hope-parameters")["hope-parameters"])
    #expect(table.numbers("system_complex_hope") == table.numbers("states"))
    #expect(table.numbers("system_complex_s4d") == table.numbers("states").map { 3 * $0 })
    #expect(table.numbers("layer_real_hope", where: ["width": "256", "states": "64"]) == [256 * (2 * 64 + 2)])
    #expect(table.numbers("layer_real_s4d", where: ["width": "256", "states": "64"]) == [256 * (6 * 64 + 2)])
  }
}

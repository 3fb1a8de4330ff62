import Foundation
import TestSupport
import Testing

@Suite struct DFOUTResultsTests {
  @Test("Figure 2: one peak at the angle of each pole, wide ones with damping", arguments: [("0", 0.01), ("-0.5", 0.06)])
  func frequencyResponse(real: String, tolerance: Double) throws {
    let tables = try resultTables("dfout-figure-2")
    let response = try #require(tables["dfout-figure-2"])
    let angles = response.numbers("angle_radians_per_step", where: ["pole_real": real])
    let magnitudes = response.numbers("magnitude", where: ["pole_real": real])
    let poles = try #require(tables["dfout-figure-2-poles"]).numbers("angle_radians_per_step", where: ["pole_real": real])
    #expect(poles.count == 10 && abs(poles.reduce(0, +)) < 1e-9, "N = 10, conjugate")
    let found = peaks(magnitudes).map { angles[$0] }
    let expected = poles.filter { $0 > 0 }.sorted()
    #expect(found.count == 5)
    for (angle, pole) in zip(found, expected) { #expect(abs(angle - pole) < tolerance, "\(angle) for \(pole)") }
  }

  @Test("Figure 2: damping lowers and widens the peaks")
  func peakWidth() throws {
    let response = try #require(try resultTables("dfout-figure-2")["dfout-figure-2"])
    let widths = ["0", "-0.5"].map { real in
      let magnitudes = response.numbers("magnitude", where: ["pole_real": real])
      let highest = magnitudes.max() ?? 0
      return (highest, magnitudes.filter { $0 > highest / 2 }.count)
    }
    #expect(widths[0].0 > 5 * widths[1].0)
    #expect(widths[1].1 > 5 * widths[0].1)
  }

  @Test("Figure 3: angles of Lin and Inv collapse at small Δ, DFouT covers the half circle evenly at every ξ")
  func discretePoles() throws {
    let tables = try resultTables("dfout-figure-3")
    let poles = try #require(tables["dfout-figure-3"])
    let coverage = try #require(tables["dfout-figure-3-coverage"])
    for (name, limit) in [("s4d-lin", 0.05), ("s4d-inv", 0.35)] {
      #expect(try #require(coverage.numbers("largest_angle_radians", where: ["initialization": name, "scale": "0.001"]).first) < limit)
      let gaps = coverage.numbers("widest_gap_radians", where: ["initialization": name])
      #expect(gaps[0] > 2.7 && gaps[0] > gaps[1] && gaps[1] > gaps[2], "\(name): \(gaps)")
    }
    let grid = (0..<16).map { .pi * Double($0) / 16 }
    for scale in ["0.001", "0.025", "0.1"] {
      let angles = poles.numbers("angle_radians", where: ["initialization": "dfout", "scale": scale]).sorted()
      #expect(maxRelative(angles, grid) < 1e-9)
      let gap = try #require(coverage.numbers("widest_gap_radians", where: ["initialization": "dfout", "scale": scale]).first)
      #expect(abs(gap - .pi / 16) < 1e-9)
      for name in ["s4d-lin", "s4d-inv", "dfout"] {
        let moduli = poles.numbers("modulus", where: ["initialization": name, "scale": scale])
        #expect(moduli.count == 16 && moduli.allSatisfy { abs($0 - exp(-0.5 * Double(scale)!)) < 1e-9 })
      }
    }
    let linear = poles.numbers("angle_radians", where: ["initialization": "s4d-lin", "scale": "0.025"])
    #expect(maxRelative(linear, (0..<16).map { 0.025 * .pi * Double($0) }) < 1e-9)
  }

  @Test("Figure 4: the target is the input a quarter of the sequence later; no power above 1000 Hz")
  func delay() throws {
    let tables = try resultTables("dfout-figure-4-left")
    let example = try #require(tables["dfout-figure-4-left"])
    let (input, target) = (example.numbers("input"), example.numbers("target"))
    #expect(input.count == 400 && input[0] == 0)
    #expect(target.prefix(100).allSatisfy { $0 == 0 })
    #expect(Array(target.dropFirst(100)) == Array(input.dropLast(100)))
    #expect(Set(input).count > 390, "noise")
    let spectrum = try #require(tables["dfout-figure-4-left-spectrum"])
    let points = Array(zip(spectrum.numbers("frequency_hertz"), spectrum.numbers("mean_power")))
    #expect(points.last?.0 == 2000)
    #expect(points.filter { $0.0 <= 1000 }.allSatisfy { $0.1 > 0.01 } && points.filter { $0.0 > 1000 }.allSatisfy { $0.1 < 1e-20 })
  }

  @Test("Lemma 1: modes fold back exactly where |Δ·Im λ| ≥ π; for S4D-Lin from n = 1/Δ on, for DFouT never")
  func aliasing() throws {
    let tables = try resultTables("dfout-lemma-1")
    let counts = try #require(tables["dfout-lemma-1-counts"])
    #expect(counts.numbers("aliased_modes") == counts.numbers("lemma_modes"))
    let timesteps = counts.numbers("timestep", where: ["initialization": "s4d-lin"])
    let linear = counts.numbers("aliased_modes", where: ["initialization": "s4d-lin"])
    #expect(linear == timesteps.map { timestep in Double((0..<32).filter { Double($0) * timestep >= 1 }.count) })
    #expect(linear.contains(0) && linear.contains { $0 > 20 })
    #expect(counts.numbers("aliased_modes", where: ["initialization": "dfout"]).allSatisfy { $0 == 0 })
    let modes = try #require(tables["dfout-lemma-1"])
    let angles = zip(modes.numbers("angle_radians_per_step"), modes.numbers("discrete_angle_radians"))
    for ((before, after), aliased) in zip(angles, modes.texts("aliased")) where abs(before - .pi) > 1e-6 {
      #expect((abs(after - before) < 1e-8) == (aliased == "0"))
      #expect(abs(sin((after - before) / 2)) < 1e-8, "equal up to whole turns")
    }
  }

  @Test("Proposition 1: VᴴV is τ·I + 1·1ᵀ, never (τ+1)·I; its condition number is (τ+N)/τ; with N > τ the rank is τ")
  func gram() throws {
    let gram = try #require(try resultTables("dfout-proposition-1")["dfout-proposition-1"])
    for row in gram.rows.indices {
      func value(_ column: String) -> Double { gram.numbers(column)[row] }
      let (delay, modes) = (value("delay_steps"), value("modes"))
      #expect(value("deviation_from_exact") < 1e-10)
      #expect(value("rank") == min(delay, modes))
      if modes > 1 { #expect(value("deviation_from_paper") > 0.99) }
      if modes <= delay {
        #expect(value("deviation_without_last_row") < 1e-10)
        #expect(abs(value("condition_computed") - (modes == 1 ? 1 : (delay + modes) / delay)) < 1e-9)
        #expect(abs(value("condition_computed") - value("condition_exact")) < 1e-9)
      } else {
        #expect(value("condition_computed").isNaN && value("condition_exact").isNaN)
      }
    }
    #expect(gram.rows.count == 4)
  }

  @Test("Proposition 1: with C = 1 the kernel is largest at τ, and as large at 0 and 2τ")
  func delayKernel() throws {
    let kernel = try #require(try resultTables("dfout-proposition-1")["dfout-proposition-1-kernel"]).numbers("kernel")
    let largest = kernel.indices.filter { abs(kernel[$0] - 12) < 1e-9 }
    #expect(largest == [0, 40, 80])
    #expect(kernel.enumerated().allSatisfy { largest.contains($0.offset) || abs($0.element) < 11.9 })
  }
}

import Catalogue
import Foundation
import RunFixtures
import Runs
import SequenceModels
import StateSpace
import Testing
import Vocabulary

/// What a run writes about its systems and single kernels.
@Suite struct SystemReportTests {
  private static let input = InputDescription(kind: .values(channels: 1), outputCount: 1)

  private func classifier(_ model: BlocksSpecification, seed: UInt64) throws -> SequenceClassifier {
    try SequenceClassifier(model, input: Self.input, seed: seed)
  }

  private func withReport(_ model: BlocksSpecification, probe: Probe = .whole, _ body: (SystemReport?) throws -> Void) throws {
    try body(
      try SystemReport(
        initial: try classifier(model, seed: 1), trained: try classifier(model, seed: 2), sequenceLength: 32, probe: probe))
  }

  private func rows(_ text: String) -> [[String]] {
    text.split(separator: "\n").dropFirst().map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
  }

  @Test("a row for each forward channel, with positive steps and scores that training has changed")
  func systems() throws {
    try withReport(SmallRun.blocks(SmallRun.diagonal(.full))) { report in
      let rows = rows(try #require(report).systemsCSV())
      #expect(rows.map { Array($0[..<2]) } == (1...2).flatMap { layer in (1...4).map { ["\(layer)", "\($0)"] } })
      let numbers = try rows.map { try $0[2...].map { try #require(Double($0)) } }
      #expect(numbers.allSatisfy { $0.count == 4 && $0.allSatisfy { $0 > 0 } && $0[2] != $0[3] })
      #expect(numbers.allSatisfy { (0.0099...0.101).contains($0[0]) })
    }
  }

  @Test("Hankel singular values begin at 1 and descend; low, median and high are in order")
  func hankel() throws {
    for layer in [SmallRun.diagonal(.minimal), SmallRun.hope(.forward)] {
      try withReport(SmallRun.blocks(layer)) { report in
        let rows = rows(try #require(report).hankelTables().values)
        #expect(rows.count == 2 * 6 && rows[0][0] == "1" && rows[0][1] == "1", "six states in two layers")
        #expect(rows[0][2...].allSatisfy { $0 == "1" })
        let numbers = try rows.map { try $0[2...].map { try #require(Double($0)) } }
        #expect(numbers.allSatisfy { $0[0] <= $0[1] && $0[1] <= $0[2] && $0[3] <= $0[4] && $0[4] <= $0[5] })
        #expect(zip(numbers, numbers.dropFirst()).prefix(5).allSatisfy { $0[1] >= $1[1] })
      }
    }
  }

  /// HOPE's h decides alone; of S4D the values in `ranks.csv` are those of the discrete systems at both times.
  @Test("ε-ranks are those of the discrete systems, each with its own Δ, before and after")
  func ranks() throws {
    for layer in [SmallRun.diagonal(.full), SmallRun.hope(.forward)] {
      let model = SmallRun.blocks(layer)
      let systems = try [1, 2].map { try #require(try classifier(model, seed: $0).systems(sequenceLength: 32)) }
      let expected = try systems.map { systems in
        try systems.filter { $0.direction == 0 }.map { entry in
          HankelSingularValues.rank(try entry.system.hankelSingularValues(.discrete), tolerance: 1e-4)
        }
      }
      try withReport(model) { report in
        let rows = rows(try #require(report).hankelTables().ranks)
        #expect(rows.map { Array($0[..<3]) } == (1...2).flatMap { layer in (1...4).map { ["\(layer)", "\($0)", "6"] } })
        #expect(rows.map { $0[3] } == expected[0].map(String.init))
        #expect(rows.map { $0[4] } == expected[1].map(String.init))
      }
    }
  }

  @Test("a system that training left without damping has no rank, and the others keep theirs")
  func undampedRank() throws {
    let model = SmallRun.blocks(SmallRun.diagonal(.full))
    let trained = try classifier(model, seed: 2)
    let decay = try #require(trained.parameters.first { $0.name == "s4_layers.0.kernel.A_real" })
    // e^−100 is no damping that Double sees beside Im λ·Δ, and none at all for −∞; two rows of poles serve four channels.
    decay.value.upload([Float](repeating: -800, count: 3) + [Float](repeating: 0, count: 3))
    let report = try #require(
      try SystemReport(initial: try classifier(model, seed: 1), trained: trained, sequenceLength: 32, probe: .whole))
    let rows = rows(try report.hankelTables().ranks)
    #expect(rows.count == 8 && rows[0][4] == "" && rows[2][4] == "" && !rows[0][3].isEmpty)
    #expect(rows[1][4] != "" && rows[3][4] != "" && rows[4...].allSatisfy { $0[4] != "" })
  }

  @Test("modes are inside of the unit circle; HOPE has none to show")
  func modes() throws {
    try withReport(SmallRun.blocks(SmallRun.diagonal(.full))) { report in
      let rows = rows(try #require(report).modesCSV())
      #expect(rows.count == 2 * 4 * 3, "three stored modes of four channels in two layers")
      #expect(rows.allSatisfy { hypot(Double($0[3]) ?? 9, Double($0[4]) ?? 9) < 1 && (Double($0[5]) ?? -1) >= 0 })
    }
    try withReport(SmallRun.blocks(SmallRun.hope(.both))) { report in
      let rows = rows(try #require(report).modesCSV())
      #expect(rows.isEmpty)
    }
  }

  @Test("layers that the probe leaves out are left out, and half-spectra are no systems")
  func exceptions() throws {
    try withReport(SmallRun.blocks(SmallRun.diagonal(.full)), probe: Probe(layerCount: 1)) { report in
      let rows = rows(try #require(report).systemsCSV())
      #expect(rows.allSatisfy { $0[0] == "1" })
    }
    try withReport(SmallRun.blocks(SmallRun.hope(.halfSpectra))) { report in #expect(report == nil) }
  }

  @Test("responses are the kernels of the channels with the most energy")
  func responses() throws {
    let model = SmallRun.blocks(SmallRun.diagonal(.minimal))
    let (initial, trained) = (try classifier(model, seed: 1), try classifier(model, seed: 2))
    let rows = rows(
      ResponseReport(lagCount: 1024).csv(initial: initial, trained: trained, sequenceLength: 64, probe: Probe(kernelLength: 16)))
    #expect(rows.count == 3 * 16)
    let kernel = trained.kernels(length: 64)[0].values()
    let energies = (0..<4).map { channel in (0..<16).reduce(Float(0)) { $0 + kernel[channel * 64 + $1] * kernel[channel * 64 + $1] } }
    let order = (0..<4).sorted { energies[$0] > energies[$1] }
    #expect(stride(from: 0, to: 48, by: 16).map { rows[$0][1] } == order.prefix(3).map { "\($0 + 1)" })
    for row in rows {
      let (channel, lag) = (try #require(Int(row[1])) - 1, try #require(Int(row[2])))
      let value = try #require(Float(row[4]))
      #expect(abs(value - kernel[channel * 64 + lag]) <= 1e-5 * abs(kernel[channel * 64 + lag]))
    }
  }
}

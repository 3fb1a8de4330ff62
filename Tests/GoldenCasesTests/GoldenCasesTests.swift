import GoldenCases
import TestSupport
import Testing

/// Every stored reference case, computed by what trains, on processor and device, and by the twin.
@Suite struct GoldenCasesTests {
  struct Subject: CustomTestStringConvertible, Sendable {
    let golden: GoldenSubcase
    /// nil: the twin.
    let engine: Engine?

    var testDescription: String { "\(golden.caseName) \(golden.name) by \(engine.map { "the engine on the \($0)" } ?? "the twin")" }

    /// Questions of theory have no float32 answer, and schedules are computed in Double.
    var hasResults: Bool {
      engine == nil || !(["case06", "case07"].contains(golden.caseName) || golden.name.hasPrefix("sched"))
    }
  }

  /// Empty if there is no index, which `isComplete` notices.
  static let subjects: [Subject] = {
    let directory = Fixtures.path("golden")
    guard let cases = try? GoldenIndex(directory: directory).cases else { return [] }
    let subcases = cases.flatMap { (try? GoldenSubcase.all(of: $0, in: directory)) ?? [] }
    return subcases.flatMap { golden in ([nil] + Engine.all).map { Subject(golden: golden, engine: $0) } }.filter(\.hasResults)
  }()

  @Test(arguments: subjects)
  func agrees(subject: Subject) throws {
    let comparisons = try GoldenCases.compare(subject.golden, by: try subject.engine.map { .engine(try $0.place) } ?? .twin)
    #expect(!comparisons.isEmpty)
    for comparison in comparisons {
      let bound = min(comparison.tolerance, GoldenBounds.bound(of: comparison))
      #expect(comparison.error <= bound, "\(comparison.tensor): error \(comparison.error), bound \(bound)")
    }
  }

  @Test("all sixteen files, 65 subcases, 54 of them in both precisions, and these on a device too") func isComplete() {
    #expect(Set(Self.subjects.map(\.golden.caseName)).count == 16)
    #expect(Self.subjects.count == 65 + 54 * Engine.all.count)
  }

  @Test("clipped input weights are nowhere larger than the physical ones, and hardly above 2", arguments: ["N4", "N64", "N128"])
  func clippedInputWeights(subcase: String) throws {
    let clipped = try Fixtures.golden("case10_legs_input_weights").tensor("\(subcase).legs_absB_clipped").doubles()
    let physical = try Fixtures.golden("case06_inits").tensor("\(subcase).legs_absB").doubles()
    #expect(clipped.count == physical.count)
    for (clipped, physical) in zip(clipped, physical) {
      #expect(clipped <= physical * (1 + 1e-8))
      #expect(clipped <= (subcase == "N4" ? 2.03 : 2.001))
    }
  }
}

/// What we hold ourselves to where it is less than the index suggests, which also makes room for the textbook's formulas in float32.
enum GoldenBounds {
  private struct Rule {
    let caseName: String
    let precision: Comparison.Precision
    let bound: Double
    /// nil means all.
    var tensors: Set<String>?
  }

  private static let rules = [
    // Sums of up to 4,096 terms, and poles next to 0, where the textbook form loses all digits.
    Rule(caseName: "case01", precision: .float32, bound: 2e-5),
    Rule(caseName: "case01", precision: .float64, bound: 1e-10),
    // Some roundings along 64 terms of size one.
    Rule(caseName: "case03b", precision: .float32, bound: 3e-6, tensors: ["y_ssm"]),
    Rule(caseName: "case03c", precision: .float32, bound: 3e-6, tensors: ["y_conv", "du"]),
    Rule(caseName: "case03c", precision: .float32, bound: 2e-4, tensors: ["dbeta"]),
    // Next to the pole −exp(−5) the stored gradient itself has lost digits.
    Rule(caseName: "case03c", precision: .float64, bound: 2.3e-9, tensors: ["dA_imag"]),
    Rule(caseName: "case03d", precision: .float32, bound: 3e-6, tensors: ["y_ssm"]),
    Rule(caseName: "case03d", precision: .float32, bound: 2e-5, tensors: ["ds"]),
    Rule(caseName: "case04", precision: .float32, bound: 2e-6, tensors: ["K"]),
    Rule(caseName: "case04", precision: .float32, bound: 5e-6, tensors: ["kernel_only_dH"]),
    Rule(caseName: "case04", precision: .float32, bound: 2e-5, tensors: ["kernel_only_dlog_dt"]),
    Rule(caseName: "case04b", precision: .float32, bound: 2e-6, tensors: ["g"]),
    Rule(caseName: "case04b", precision: .float32, bound: 3e-6, tensors: ["y", "du"]),
    Rule(caseName: "case04b", precision: .float32, bound: 1e-5, tensors: ["dh"]),
    Rule(caseName: "case04b", precision: .float32, bound: 2e-5, tensors: ["dlog_dt"]),
    // Angles are multiples of 2π/(N·H), rounded once or twice.
    Rule(caseName: "case05", precision: .float64, bound: 1e-14),
    Rule(caseName: "case06", precision: .float64, bound: 1e-15, tensors: ["hippo_legs_A", "hippo_legs_B"]),
    Rule(caseName: "case07", precision: .float64, bound: 1e-12),
    // About twenty roundings in float.
    Rule(caseName: "case08", precision: .float32, bound: 2e-6),
    Rule(caseName: "case08", precision: .float32, bound: 1e-6, tensors: ["loss"]),
    Rule(caseName: "case08", precision: .float64, bound: 1e-12, tensors: ["lr"]),
    // One rounding of each part in float; in double the error of a small eigenvector's first component.
    Rule(caseName: "case10", precision: .float32, bound: 1e-6),
    Rule(caseName: "case10", precision: .float64, bound: 1e-10),
  ]

  static func bound(of comparison: Comparison) -> Double {
    rules.filter {
      $0.caseName == comparison.caseName && $0.precision == comparison.precision && $0.tensors?.contains(comparison.tensor) ?? true
    }.map(\.bound).min() ?? .infinity
  }
}

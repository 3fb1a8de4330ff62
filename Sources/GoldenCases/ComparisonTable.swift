import Foundation
import RunSupport

/// Comparisons as lines of text, and their counts.
package struct ComparisonTable {
  private static let columns = [8, 12, 40, 9, 10, 10]

  private let computations: [Computation]
  private let csv: Bool
  private let write: (String) -> Void
  private var passed = 0
  private var failed = 0
  private var notCovered: [String] = []

  /// - Parameters:
  ///   - computations: by whom each case is computed.
  ///   - csv: comma-separated values instead of columns, and no counts.
  ///   - write: gets one line after the other, the header at once.
  package init(by computations: [Computation], csv: Bool, write: @escaping (String) -> Void) {
    self.computations = computations
    self.csv = csv
    self.write = write
    add(["case", "subcase", "tensor", "precision", "error", "tolerance", "result"])
  }

  /// Computes a whole case.
  package mutating func add(_ goldenCase: GoldenIndex.Case, in directory: String) throws {
    guard GoldenCases.covers(goldenCase) else { return notCovered.append(goldenCase.file) }
    for subcase in try GoldenSubcase.all(of: goldenCase, in: directory) {
      let comparisons = try computations.flatMap { try GoldenCases.compare(subcase, by: $0) }
      comparisons.forEach { add($0) }
      notCovered += subcase.uncompared(after: comparisons).map { "\(goldenCase.name) \($0)" }
    }
  }

  private mutating func add(_ comparison: Comparison) {
    if comparison.passes { passed += 1 } else { failed += 1 }
    add([
      comparison.caseName, comparison.subcase, comparison.tensor, comparison.precision.rawValue,
      String(format: "%.2e", comparison.error), String(format: "%.2e", comparison.tolerance), comparison.passes ? "ok" : "FAIL",
    ])
  }

  /// Writes the counts.
  ///
  /// - Throws: `StageError` (`badData`) if a comparison failed.
  package func finish(directory: String) throws {
    if !csv {
      for name in notCovered { write("not covered yet: \(name)") }
      write("\(passed + failed) comparisons: \(passed) ok, \(failed) FAIL; \(notCovered.count) not covered yet")
    }
    guard failed == 0 else {
      throw StageError(
        .badData, "\(failed) of \(passed + failed) comparisons exceed their tolerance", where: directory,
        why: "see the lines marked FAIL", fix: "find the operation that changed; its own tests narrow it down")
    }
  }

  private func add(_ fields: [String]) {
    if csv { return write(fields.joined(separator: ",")) }
    let padded = zip(fields, Self.columns).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) }
    write((padded + fields.dropFirst(Self.columns.count)).joined(separator: " "))
  }
}

import Foundation
import RunSupport

/// One computed tensor beside the stored one.
struct Comparison {
  enum Precision: String { case float32, float64 }

  let caseName: String
  let subcase: String
  let tensor: String
  let precision: Precision
  let error: Double
  let tolerance: Double

  var passes: Bool { error <= tolerance }

  /// max|value − reference| / max(max|reference|, 1e-12); infinite for unequal sizes or NaN.
  static func error(of values: [Double], reference: [Double]) -> Double {
    guard values.count == reference.count else { return .infinity }
    let distances = zip(values, reference).map { abs($0 - $1) }
    if distances.contains(where: \.isNaN) { return .infinity }
    return (distances.max() ?? 0) / max(reference.map(abs).max() ?? 0, 1e-12)
  }
}

/// Prints comparisons as they come and counts them.
struct ComparisonTable {
  private static let columns = [8, 12, 40, 9, 10, 10]

  private let csv: Bool
  private var passed = 0
  private var failed = 0

  init(csv: Bool) {
    self.csv = csv
    write(["case", "subcase", "tensor", "precision", "error", "tolerance", "result"])
  }

  mutating func add(_ comparison: Comparison) {
    if comparison.passes { passed += 1 } else { failed += 1 }
    write([
      comparison.caseName, comparison.subcase, comparison.tensor, comparison.precision.rawValue,
      String(format: "%.2e", comparison.error), String(format: "%.2e", comparison.tolerance), comparison.passes ? "ok" : "FAIL",
    ])
  }

  /// Prints the counts.
  ///
  /// - Throws: `StageError` (`badData`) if a comparison failed.
  func finish(notCovered: [String], directory: String) throws {
    if !csv {
      for name in notCovered { print("not covered yet: \(name)") }
      print("\(passed + failed) comparisons: \(passed) ok, \(failed) FAIL; \(notCovered.count) not covered yet")
    }
    guard failed == 0 else {
      throw StageError(
        .badData, "\(failed) of \(passed + failed) comparisons exceed their tolerance", where: directory,
        why: "see the lines marked FAIL", fix: "find the operation that changed; its own tests narrow it down")
    }
  }

  private func write(_ fields: [String]) {
    if csv { return print(fields.joined(separator: ",")) }
    let padded = zip(fields, Self.columns).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) }
    print((padded + fields.dropFirst(Self.columns.count)).joined(separator: " "))
  }
}

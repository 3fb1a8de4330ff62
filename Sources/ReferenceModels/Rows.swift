import ComplexModule

/// Row-major arrays as rows.
package enum Rows {
  /// Rows of `length` values.
  package static func cut<Value>(_ values: [Value], _ length: Int) -> [[Value]] {
    stride(from: 0, to: values.count, by: max(1, length)).map { Array(values[$0..<$0 + length]) }
  }

  /// Every row followed by its reversal.
  package static func withReversal(_ values: [Double], length: Int) -> [Double] { cut(values, length).flatMap { $0 + $0.reversed() } }

  /// The gradient behind `withReversal`; `length` is that of the original rows.
  package static func withoutReversal(_ slopes: [Double], length: Int) -> [Double] {
    cut(slopes, 2 * length).flatMap { row in (0..<length).map { row[$0] + row[2 * length - 1 - $0] } }
  }

  /// The transpose of every sample, [B, rows, columns] → [B, columns, rows].
  package static func transposed<Value>(_ values: [Value], _ rows: Int, _ columns: Int) -> [Value] {
    values.indices.map { index in
      values[(index / (rows * columns) * rows + index % rows) * columns + index / rows % columns]
    }
  }

  /// The sum, element by element.
  package static func sum(_ first: [Double], _ second: [Double]) -> [Double] { zip(first, second).map { $0 + $1 } }

  /// Complex numbers from (re, im) pairs end to end, as arrays are stored.
  package static func complex(_ parts: [Double]) -> [Complex<Double>] {
    stride(from: 0, to: parts.count - 1, by: 2).map { Complex(parts[$0], parts[$0 + 1]) }
  }

  /// (re, im) pairs end to end.
  package static func pairs(_ values: [Complex<Double>]) -> [Double] { values.flatMap { [$0.real, $0.imaginary] } }
}

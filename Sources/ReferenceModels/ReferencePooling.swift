import Vocabulary

/// The pooling of valid positions in Double, [B, H, L] → [B, H].
package enum ReferencePooling {
  /// - Parameter lengths: valid steps of each sequence; as many sequences as there are.
  package static func forward(_ input: [Double], mode: Pooling, lengths: [Int], length: Int) -> [Double] {
    let rows = Rows.cut(input, length)
    return rows.enumerated().map { index, row in
      let valid = lengths[index / (rows.count / lengths.count)]
      switch mode {
      case .mean: return mean(row.prefix(valid))
      case .meanOfSecondHalf: return mean(row[(valid / 2)..<valid])
      case .last: return row[valid - 1]
      }
    }
  }

  private static func mean(_ values: ArraySlice<Double>) -> Double { values.reduce(0, +) / Double(values.count) }
}

/// The pooling of valid positions in Double, [B, H, L] → [B, H].
package enum ReferencePooling: Sendable {
  case mean
  /// From the middle on; an odd number of positions leaves the middle one in.
  case meanOfSecondHalf
  case last

  /// - Parameter lengths: valid steps of each sequence; as many sequences as there are.
  package func forward(_ input: [Double], lengths: [Int], length: Int) -> [Double] {
    let rows = Rows.cut(input, length)
    return rows.enumerated().map { index, row in
      let valid = lengths[index / (rows.count / lengths.count)]
      switch self {
      case .mean: return Self.mean(row.prefix(valid))
      case .meanOfSecondHalf: return Self.mean(row[(valid / 2)..<valid])
      case .last: return row[valid - 1]
      }
    }
  }

  private static func mean(_ values: ArraySlice<Double>) -> Double { values.reduce(0, +) / Double(values.count) }
}

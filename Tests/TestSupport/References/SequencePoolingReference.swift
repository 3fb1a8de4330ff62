/// Pooling over the valid positions of [B, H, L], in Double.
package enum SequencePoolingReference {
  package static func mean(_ input: [Double], width: Int, lengths: [Int], length: Int) -> [Double] {
    rows(input, length).enumerated().map { index, row in
      let valid = row.prefix(lengths[index / width])
      return valid.reduce(0, +) / Double(valid.count)
    }
  }

  /// From the middle on; an odd number of positions leaves the middle one in.
  package static func meanOfSecondHalf(_ input: [Double], width: Int, lengths: [Int], length: Int) -> [Double] {
    rows(input, length).enumerated().map { index, row in
      let valid = lengths[index / width]
      let half = row[(valid / 2)..<valid]
      return half.reduce(0, +) / Double(half.count)
    }
  }

  package static func last(_ input: [Double], width: Int, lengths: [Int], length: Int) -> [Double] {
    rows(input, length).enumerated().map { index, row in row[lengths[index / width] - 1] }
  }

  private static func rows(_ input: [Double], _ length: Int) -> [[Double]] {
    stride(from: 0, to: input.count, by: length).map { Array(input[$0..<$0 + length]) }
  }
}

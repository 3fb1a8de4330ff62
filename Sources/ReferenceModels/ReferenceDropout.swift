import Arrays

/// Dropout, decision by decision, in Double.
package enum ReferenceDropout {
  /// - Parameters:
  ///   - stream: gives one word a decision, from the next even position on, and moves behind the last.
  ///   - valuesPerDecision: 1, or the row length when masks are tied over time.
  package static func apply(_ input: [Double], probability: Double, stream: inout RandomStream, valuesPerDecision: Int) -> [Double] {
    stream.skip(Int(stream.position % 2))
    defer { stream.skip(input.count / valuesPerDecision) }
    return input.enumerated().map { index, value in
      let word = stream.word(at: stream.position + UInt64(index / valuesPerDecision))
      return Double(word >> 32) < (probability * 0x1p32).rounded(.down) ? 0 : value / (1 - probability)
    }
  }
}

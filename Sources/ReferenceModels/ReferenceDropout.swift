import Arrays

/// Dropout, decision by decision, in Double.
package enum ReferenceDropout {
  /// - Parameters:
  ///   - stream: stands at the first decision's word.
  ///   - valuesPerDecision: 1, or the row length when masks are tied over time.
  package static func apply(_ input: [Double], probability: Double, stream: RandomStream, valuesPerDecision: Int) -> [Double] {
    input.enumerated().map { index, value in
      let word = stream.word(at: stream.position + UInt64(index / valuesPerDecision))
      return Double(word >> 32) < (probability * 0x1p32).rounded(.down) ? 0 : value / (1 - probability)
    }
  }
}

@testable import Operations

/// The norms as models apply them: the statistics of an input, then its rows.
extension LayerNormalization {
  static func forward(
    _ input: Tensor, scale: Tensor, shift: Tensor, epsilon: Double = usualEpsilon
  ) -> (output: Tensor, cache: Cache) {
    let cache = statistics(input, epsilon: epsilon)
    return (RowNormalization(.perStep(cache), scale: scale, shift: shift).applied(to: input), cache)
  }
}

extension BatchNormalization {
  static func forward(_ input: Tensor, scale: Tensor, shift: Tensor, cache: Cache) -> (output: Tensor, cache: Cache) {
    (RowNormalization(.perChannel(cache), scale: scale, shift: shift).applied(to: input), cache)
  }
}

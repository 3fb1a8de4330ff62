import RunSupport
import Vocabulary

extension BlocksSpecification {
  /// Token sequences end where they end: a reversed copy behind the padding, or a spectrum cut in halves, needs sequences of one length.
  func checkReversal(_ input: InputDescription) throws {
    guard case .tokens = input.kind else { return }
    if case .hankel(let layer) = layer, layer.directions == .halfSpectra { throw tokensRefused("layer.directions: halfSpectra") }
    if appendsReversal { throw tokensRefused("appendsReversal: true") }
  }

  private func tokensRefused(_ key: String) -> StageError {
    StageError(
      .badConfiguration, "tokens cannot be read with \(key)", where: "model", why: "their sequences have different lengths",
      fix: "use it for pictures or signals, or `directions: both` for tokens")
  }
}

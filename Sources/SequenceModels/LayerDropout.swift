import Arrays
import Operations

/// Where the pipelines drop inside and behind a layer.
struct LayerDropout {
  let probability: Double
  let tied: Bool
  let pipeline: ModelConfiguration.Pipeline

  /// Between convolution and GELU: the Lightning pipeline only.
  func beforeActivation(_ input: Tensor, pass: inout Pass) -> (output: Tensor, cache: Dropout.Cache) {
    pipeline == .lightning ? drop(input, tied: tied, pass: &pass) : (input, .none)
  }

  func afterActivation(_ input: Tensor, pass: inout Pass) -> (output: Tensor, cache: Dropout.Cache) {
    drop(input, tied: tied, pass: &pass)
  }

  /// On the branch before the residual sum; the script pipeline always drops whole channels there.
  func onBranch(_ input: Tensor, pass: inout Pass) -> (output: Tensor, cache: Dropout.Cache) {
    drop(input, tied: tied || pipeline == .script, pass: &pass)
  }

  private func drop(_ input: Tensor, tied: Bool, pass: inout Pass) -> (output: Tensor, cache: Dropout.Cache) {
    guard case .training(var stream) = pass.mode else { return (input, .none) }
    let result = Dropout.forward(input, probability: probability, tied: tied, stream: &stream)
    pass.mode = .training(dropout: stream)
    return result
  }
}

import Operations
import Vocabulary

/// Where the pipelines drop inside and behind a layer.
package struct LayerDropout {
  let probability: Double
  let tied: Bool
  let pipeline: BlocksSpecification.Pipeline

  package init(probability: Double, tied: Bool, pipeline: BlocksSpecification.Pipeline) {
    self.probability = probability
    self.tied = tied
    self.pipeline = pipeline
  }

  /// Draws the masks of one layer: between convolution and GELU (the Lightning pipeline only), behind the GELU, and on the branch, where
  /// the script pipeline always drops whole channels.
  ///
  /// - Parameters:
  ///   - inputs: shape of the GELU's input.
  ///   - branch: shape of the layer's output.
  func draw(inputs: [Int], branch: [Int], pass: inout Pass) -> GatedMixing.Dropouts {
    guard case .training(var stream) = pass.mode else { return GatedMixing.Dropouts() }
    let window = pass.window
    func mask(_ shape: [Int], tied: Bool) -> Dropout.Cache {
      guard let window else { return Dropout.draw(shape, probability: probability, tied: tied, stream: &stream) }
      let whole = [window.wholeCount] + shape.dropFirst()
      return Dropout.draw(whole, probability: probability, tied: tied, stream: &stream).samples(from: window.first)
    }
    let before = pipeline == .lightning ? mask(inputs, tied: tied) : .none
    let after = mask(inputs, tied: tied)
    let onBranch = mask(branch, tied: tied || pipeline == .script)
    pass.mode = .training(dropout: stream)
    return GatedMixing.Dropouts(beforeActivation: before, afterActivation: after, onBranch: onBranch)
  }
}

/// The mean of each square of 2 × 2 pixels, [N, C, H, W] → [N, C, H/2, W/2].
///
/// - Precondition: height and width are even.
package enum AveragePooling {
  package static func forward(_ input: Tensor) -> Tensor { PixelQuads.sums(input, times: 0.25) }

  /// The gradient of the input: a quarter for each pixel.
  package static func backward(outputGradient: Tensor) -> Tensor { PixelQuads.spread(outputGradient, times: 0.25) }
}

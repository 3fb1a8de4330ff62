/// Each pixel as a square of 2 × 2, [N, C, H, W] → [N, C, 2H, 2W].
package enum NearestUpsampling {
  package static func forward(_ input: Tensor) -> Tensor { PixelQuads.spread(input, times: 1) }

  /// The gradient of the input: the sum over the square.
  ///
  /// - Precondition: height and width are even.
  package static func backward(outputGradient: Tensor) -> Tensor { PixelQuads.sums(outputGradient, times: 1) }
}

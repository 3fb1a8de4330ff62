/// A generated picture with what was drawn.
package struct PathfinderSample: Sendable, Equatable {
  /// 1 if both discs lie on the same contour.
  package let label: Int
  /// Row by row.
  package let pixels: [UInt8]
  /// The two long contours, each from its first paddle.
  package let targets: [[Paddle]]
  package let distractors: [[Paddle]]
  /// Centres of the discs: the tail of a first paddle, the head of a last one.
  package let markers: [SIMD2<Double>]
}

/// The kernels of one layer in Double, from its stored arrays.
package protocol ReferenceKernel: Sendable {
  /// Names below `kernel.`, in the order that the other members take the arrays.
  var parameterNames: [String] { get }
  /// The circles hold 2L points and run over the sequence followed by its reversal.
  var readsReversedCopy: Bool { get }

  /// What sequences are convolved with: one circle for each output channel, see `ReferenceConvolution`.
  func circles(_ parameters: [[Double]], length: Int) -> [[Double]]

  /// The gradients of the stored arrays, in their order.
  ///
  /// - Parameter circleGradient: slopes of the loss by every point of the circles.
  func gradients(_ parameters: [[Double]], circleGradient: [[Double]], length: Int) -> [[Double]]
}

extension ReferenceKernel {
  package var readsReversedCopy: Bool { false }
}

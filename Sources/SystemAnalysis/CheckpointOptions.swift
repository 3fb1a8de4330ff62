import StateSpace

/// What a checkpoint does not say by its names and shapes.
package struct CheckpointOptions: Sendable {
  package enum TimestepTransform: String, Sendable, CaseIterable { case log, softplus }

  /// What stands before `s4_layers.` or `kernel.` in the names.
  package var prefix = ""
  package var discretization = Discretization.zeroOrderHold
  package var plane = FourierPlane.half
  package var inputFactor = DampedFourierSystem.InputFactor.zeroOrderHold
  /// How Δ is stored; nil takes `log` for `log_dt` and `softplus` for `inv_dt`.
  package var timestepTransform: TimestepTransform?

  package init() {}
}

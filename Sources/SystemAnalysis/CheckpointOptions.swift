import Vocabulary

/// What a checkpoint does not say by its names and shapes; nil takes what the run's configuration says, and without one the usual value.
package struct CheckpointOptions: Sendable {
  /// What stands before `s4_layers.` or `kernel.` in the names.
  package var prefix = ""
  /// Usually a zero-order hold.
  package var discretization: Discretization?
  /// Usually half.
  package var plane: FourierPlane?
  /// Usually a zero-order hold.
  package var inputFactor: FourierInputFactor?
  /// How Δ is stored; usually `log` for `log_dt` and `softplus` for `inv_dt`.
  package var timestepTransform: TimestepTransform?
  /// Usually cycles per sample.
  package var filterWeighting: FilterWeighting?
  /// M, the points of the transform whose bins a filter counts.
  package var filterPointCount: Int?
  /// β of models of one bank, which is no weight.
  var filterExponent: Double?
  /// Whether two rows of HOPE's parameters fill the halves of one spectrum.
  var hasHalfSpectra = false

  package init() {}
}

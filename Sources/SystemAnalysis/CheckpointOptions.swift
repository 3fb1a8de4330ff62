import StateSpace

/// What a checkpoint does not say by its names and shapes; nil takes what the run's configuration says, and without one the usual value.
package struct CheckpointOptions: Sendable {
  package enum TimestepTransform: String, Decodable, Sendable, CaseIterable { case log, softplus }

  /// What stands before `s4_layers.` or `kernel.` in the names.
  package var prefix = ""
  /// Usually a zero-order hold.
  package var discretization: Discretization?
  /// Usually half.
  package var plane: FourierPlane?
  /// Usually a zero-order hold.
  package var inputFactor: DampedFourierSystem.InputFactor?
  /// How Δ is stored; usually `log` for `log_dt` and `softplus` for `inv_dt`.
  package var timestepTransform: TimestepTransform?
  /// Usually cycles per sample.
  package var filterWeighting: FilterWeighting?
  /// M, the points of the transform whose bins a filter counts.
  package var filterPointCount: Int?

  package init() {}
}

/// What TFB's filter counts frequencies in, by the names of configurations.
package enum FilterWeighting: String, Decodable, Sendable, CaseIterable {
  case cyclesPerSample, binsOver10000, binsOver10000Unmirrored, binsOver10000FlippedByOne

  var reference: DirectSobolevFilter.Weighting {
    switch self {
    case .cyclesPerSample: .cyclesPerSample
    case .binsOver10000: .binsOver10000(mirror: .symmetric)
    case .binsOver10000Unmirrored: .binsOver10000(mirror: .none)
    case .binsOver10000FlippedByOne: .binsOver10000(mirror: .flippedByOne)
    }
  }
}

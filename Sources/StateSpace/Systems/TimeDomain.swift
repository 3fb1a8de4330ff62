/// Whether a system is looked at in time steps, as its layer runs, or before sampling.
package enum TimeDomain: String, Sendable, CaseIterable {
  /// Angles in radians per step.
  case discrete
  /// Frequencies in radians per unit of the system's time.
  case continuous
}

import ComplexModule

/// A pole of a system, in both times, with what its mode does by itself.
package struct SystemPole: Sendable {
  /// λ, per unit of time.
  package var continuous: Complex<Double>?
  /// λ̄.
  package var discrete: Complex<Double>
  /// The angle in radians per step before it is folded into one turn; nil where no frequency was sampled.
  package var angle: Double?
  package var multiplicity = 1
  /// |C|·|B̄|/(1 − |λ̄|), the H∞ score of the mode by itself; nil where a mode is not a system by itself.
  package var score: Double?

  /// Sampling folds the frequency back: |angle| ≥ π (DFouT, Lemma 1).
  package var isAliased: Bool { angle.map { abs($0) >= .pi } ?? false }
}

/// A kind of misfortune, tried on every workload.
protocol Attack: Sendable {
  /// - Parameter found: receives each row as soon as it is known.
  /// - Throws: what keeps the attack itself from being made.
  func run(on bench: Bench, found: (AttackRow) -> Void) throws
}

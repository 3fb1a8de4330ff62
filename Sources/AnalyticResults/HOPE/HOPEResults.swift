extension AnalyticResults {
  /// HOPE's results without training.
  package static let hope: [any AnalyticResult] = [
    InitialSpectra(), RankGrowth(), PerturbationBounds(), MemoryAtStart(), SystemParameters(),
  ]
}

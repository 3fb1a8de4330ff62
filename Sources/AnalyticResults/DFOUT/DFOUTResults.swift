extension AnalyticResults {
  /// DFOUT's results without training.
  package static let dfout: [any AnalyticResult] = []
}

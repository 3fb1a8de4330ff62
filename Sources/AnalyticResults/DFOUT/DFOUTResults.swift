extension AnalyticResults {
  /// DFOUT's results without training.
  package static let dfout: [any AnalyticResult] = [
    FrequencyResponses(), DiscretePoles(), DelayExample(), DataSpectra(), DelayOptimality(), AliasingLimit(),
  ]
}

extension AnalyticResults {
  /// TFB's results without training.
  package static let tfb: [any AnalyticResult] = [
    TunedPoleLayout(), TransferFunctions(), BandVariation(), SobolevFilters(), GradientSensitivity(),
  ]
}

import Foundation

/// Scores of frames in digits.
enum ScoreText {
  static func error(_ seeds: SeedValues) -> String { text(seeds, "%.4g", "%.2g") }
  static func decibels(_ seeds: SeedValues) -> String { text(seeds, "%.2f", "%.2f") }
  /// What lies near 1.
  static func share(_ seeds: SeedValues) -> String { text(seeds, "%.3f", "%.3f") }

  /// Whole from ten on.
  static func count(_ number: Double) -> String { String(format: abs(number) < 10 ? "%.1f" : "%.0f", number).replacing("-", with: "−") }

  /// Mean or median, and the standard deviation of several seeds.
  private static func text(_ seeds: SeedValues, _ format: String, _ deviationFormat: String) -> String {
    guard let centre = seeds.centre else { return "" }
    return String(format: format, centre) + (seeds.deviation.map { " ± " + String(format: deviationFormat, $0) } ?? "")
  }
}

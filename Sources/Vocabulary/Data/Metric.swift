import Foundation

/// The number by which a run is reported. Files hold its raw value, and accuracies as shares of 1.
package enum Metric: String, Codable, Sendable, CaseIterable {
  case accuracy
  /// Root of the mean of squared errors over samples and outputs.
  case rootMeanSquaredError = "rmse"
  case meanSquaredError = "mse"
  /// Mean over samples and outputs.
  case meanAbsoluteError = "mae"

  /// Whether more is better; errors are better when lower.
  package var increases: Bool { self == .accuracy }

  /// What a stored value is multiplied by before it is shown: accuracies appear in percent.
  package var scale: Double { self == .accuracy ? 100 : 1 }

  /// The name over a column of shown values.
  package var name: String { self == .accuracy ? "accuracy %" : rawValue }

  /// The name at an axis of shown values.
  package var axisLabel: String { self == .accuracy ? "accuracy (%)" : rawValue.uppercased() }

  /// A shown value in digits, without its unit: accuracies two after the point, errors four significant ones.
  package func text(shown value: Double) -> String { String(format: self == .accuracy ? "%.2f" : "%.4g", value) }

  /// A stored value with its unit: `39.22 %` or `0.4123 rmse`.
  package func text(_ value: Double) -> String { "\(text(shown: scale * value)) \(self == .accuracy ? "%" : rawValue)" }
}

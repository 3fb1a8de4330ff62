import Foundation

/// Durations for readers.
package enum HoursText {
  /// `3.5 min`, `12 h`; `-` for nothing.
  package static func text(_ hours: Double) -> String {
    hours == 0 ? "-" : hours < 0.095 ? String(format: "%.2g min", 60 * hours) : String(format: hours >= 100 ? "%.0f h" : "%.2g h", hours)
  }
}

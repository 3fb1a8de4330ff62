import Foundation

/// Sizes of memory and files for a person.
package enum ByteCount {
  /// `3.2 GB`.
  package static func text(_ bytes: Double) -> String {
    let (value, unit) = bytes >= 1e9 ? (bytes / 1e9, "GB") : bytes >= 1e6 ? (bytes / 1e6, "MB") : (bytes / 1e3, "kB")
    return String(format: value >= 100 ? "%.0f %@" : "%.1f %@", value, unit)
  }

  package static func text(_ bytes: Int) -> String { text(Double(bytes)) }
}

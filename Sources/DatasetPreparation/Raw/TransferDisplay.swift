import Foundation
import RunSupport

/// Lines on standard error while files are fetched: a moving count on a terminal, else one line a minute.
final class TransferDisplay {
  private let onTerminal = isatty(STDERR_FILENO) == 1
  private var last = Date.distantPast
  private var isLineOpen = false

  func line(_ text: String) {
    Messages.write((isLineOpen ? "\n" : "") + text + "\n")
    isLineOpen = false
    last = Date()
  }

  func update(name: String, bytes: Int, total: Int?) {
    let now = Date()
    guard now.timeIntervalSince(last) > (onTerminal ? 0.2 : 60) else { return }
    last = now
    let share = total.map { " of \(Self.mebibytes($0)) (\(100 * bytes / max(1, $0)) %)" } ?? ""
    Messages.write((onTerminal ? "\r" : "") + "\(name): \(Self.mebibytes(bytes))\(share)" + (onTerminal ? "\u{1B}[K" : "\n"))
    isLineOpen = onTerminal
  }

  private static func mebibytes(_ bytes: Int) -> String { String(format: "%.1f MiB", Double(bytes) / 1_048_576) }
}

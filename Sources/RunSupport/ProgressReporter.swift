import Foundation

/// Tells a person how far a long loop is: on a terminal one line that is redrawn, elsewhere a line a minute and one at the end.
///
/// `PROGRESS=lines` in the environment says that other programs write to the same terminal: then nothing is redrawn, and a line comes every ten
/// seconds. Make sets it while it makes several runs at a time.
package final class ProgressReporter {
  /// Where the lines go and what time it is; tests bring their own.
  package struct Output {
    package var isTerminal: Bool
    /// Width of the terminal in characters.
    package var columns: Int
    /// Seconds between two lines where nothing is redrawn.
    package var pause: Double
    package var now: () -> Double
    package var write: (String) -> Void

    package init(
      isTerminal: Bool, columns: Int = 80, pause: Double = 60, now: @escaping () -> Double, write: @escaping (String) -> Void
    ) {
      self.isTerminal = isTerminal
      self.columns = columns
      self.pause = pause
      self.now = now
      self.write = write
    }

    /// Standard error: results belong on standard output.
    package static var standardError: Output {
      var size = winsize()
      let known = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
      let isTerminal = isatty(STDERR_FILENO) == 1
      let isShared = ProcessInfo.processInfo.environment["PROGRESS"] == "lines"
      return Output(
        isTerminal: isTerminal && !isShared, columns: known ? Int(size.ws_col) : 80, pause: isTerminal ? 10 : 60,
        now: { ResourceUsage.monotonicSeconds },
        write: Messages.write)
    }
  }

  private static let barWidth = 20
  /// Seconds between two lines: enough for the eye on a terminal, sparse in a log file.
  private var interval: Double { output.isTerminal ? 0.1 : output.pause }

  private let title: String
  private let total: Int?
  private let unit: String
  private let output: Output
  private let start: Double
  private var lastLine: Double
  private var done = 0
  private var note = ""
  private var finished = false

  /// - Parameters:
  ///   - title: what is being done, for example `epoch 3 of 10`.
  ///   - total: how many units there are; nil if that is unknown.
  ///   - unit: what is counted, in the plural: `steps`, `MB`.
  package init(_ title: String, total: Int?, unit: String, output: Output = .standardError) {
    self.title = title
    self.total = total
    self.unit = unit
    self.output = output
    start = output.now()
    lastLine = output.isTerminal ? -.infinity : start
  }

  /// Reports that `done` units are complete; cheap enough for every step.
  ///
  /// - Parameter note: something current to add, for example the loss.
  package func update(_ done: Int, note: String = "") {
    self.done = done
    self.note = note
    let now = output.now()
    guard !finished, now - lastLine >= interval else { return }
    lastLine = now
    show(line(at: now), last: false)
  }

  /// Writes the last line; later updates are ignored.
  package func finish(note: String? = nil) {
    if finished { return }
    finished = true
    let now = output.now()
    let text = "\(title): \(done) \(unit) in \(Self.duration(now - start))\(suffix(note ?? self.note))"
    show(text, last: true)
  }

  private func show(_ text: String, last: Bool) {
    guard output.isTerminal else { return output.write(text + "\n") }
    output.write("\r\u{1B}[K" + text.prefix(output.columns - 1) + (last ? "\n" : ""))
  }

  private func line(at now: Double) -> String {
    let elapsed = now - start
    let rate = elapsed > 0 ? Double(done) / elapsed : 0
    let speed = rate > 0 ? ", \(Self.number(rate)) \(unit)/s" : ""
    guard let total, total > 0 else { return "\(title): \(done) \(unit)\(speed)\(suffix(note))" }
    let share = min(1, Double(done) / Double(total))
    let left = rate > 0 ? ", \(Self.duration(Double(max(0, total - done)) / rate)) left" : ""
    let filled = Int(share * Double(Self.barWidth))
    let bar = String(repeating: "#", count: filled) + String(repeating: ".", count: Self.barWidth - filled)
    let percent = "\(Int(share * 100)) %"
    let rest = left + suffix(note)
    guard output.isTerminal else { return "\(title): \(done) of \(total) \(unit) (\(percent))\(speed)\(rest)" }
    // What says least goes first where not all fits into a line.
    let forms = ["[\(bar)] \(percent)\(speed)\(rest)", "[\(bar)] \(percent)\(rest)", percent + rest].map { "\(title): \($0)" }
    return forms.first { $0.count < output.columns } ?? forms[2]
  }

  private func suffix(_ note: String) -> String { note.isEmpty ? "" : ", \(note)" }

  /// Three significant digits.
  static func number(_ value: Double) -> String {
    value >= 100 ? String(format: "%.0f", value) : value >= 10 ? String(format: "%.1f", value) : String(format: "%.2f", value)
  }

  /// `45 s`, `3 min 20 s`, `2 h 5 min`.
  package static func duration(_ seconds: Double) -> String {
    let whole = Int(min(max(0, seconds), 1e9).rounded())
    if whole < 60 { return "\(whole) s" }
    if whole < 3600 { return "\(whole / 60) min \(whole % 60) s" }
    return "\(whole / 3600) h \(whole % 3600 / 60) min"
  }
}

import RunSupport
import Testing

@Suite struct ProgressReporterTests {
  /// A clock that the test turns and the lines that were written.
  private final class Screen {
    var time = 100.0
    var written: [String] = []

    func output(isTerminal: Bool, columns: Int = 80) -> ProgressReporter.Output {
      ProgressReporter.Output(isTerminal: isTerminal, columns: columns, now: { self.time }, write: { self.written.append($0) })
    }
  }

  @Test func logFilesGetALineAMinuteAndOneAtTheEnd() {
    let screen = Screen()
    let progress = ProgressReporter("epoch 1", total: 300, unit: "steps", output: screen.output(isTerminal: false))
    for step in 1...150 {
      screen.time += 1
      progress.update(step, note: "loss \(step)")
    }
    progress.finish(note: "loss 0.5")
    progress.finish()
    progress.update(200)
    #expect(
      screen.written == [
        "epoch 1: 60 of 300 steps (20 %), 1.00 steps/s, 4 min 0 s left, loss 60\n",
        "epoch 1: 120 of 300 steps (40 %), 1.00 steps/s, 3 min 0 s left, loss 120\n",
        "epoch 1: 150 steps in 2 min 30 s, loss 0.5\n",
      ])
  }

  @Test func terminalsGetOneRedrawnLine() {
    let screen = Screen()
    let progress = ProgressReporter("epoch 1", total: 4, unit: "steps", output: screen.output(isTerminal: true))
    progress.update(0)
    screen.time += 0.05
    progress.update(1)  // too early to draw again
    screen.time += 1.95
    progress.update(2)
    progress.finish()
    #expect(
      screen.written == [
        "\r\u{1B}[Kepoch 1: [....................] 0 %",
        "\r\u{1B}[Kepoch 1: [##########..........] 50 %, 1.00 steps/s, 2 s left",
        "\r\u{1B}[Kepoch 1: 2 steps in 2 s\n",
      ])
  }

  @Test("a bar that does not fit loses its speed first, then itself", arguments: [(72, 3), (71, 2), (58, 2), (57, 1)])
  func narrowTerminals(columns: Int, partCount: Int) {
    let screen = Screen()
    let progress = ProgressReporter("run seed 1", total: 4, unit: "steps", output: screen.output(isTerminal: true, columns: columns))
    progress.update(0)
    screen.time += 2
    progress.update(2, note: "loss 1")
    let forms = [
      "50 %, 2 s left, loss 1", "[##########..........] 50 %, 2 s left, loss 1",
      "[##########..........] 50 %, 1.00 steps/s, 2 s left, loss 1",
    ]
    #expect(screen.written.last == "\r\u{1B}[Krun seed 1: \(forms[partCount - 1])")
  }

  @Test func linesNeverWrap() {
    let screen = Screen()
    let progress = ProgressReporter("a long title", total: nil, unit: "MB", output: screen.output(isTerminal: true, columns: 11))
    progress.update(3)
    #expect(screen.written == ["\r\u{1B}[Ka long tit"])
  }

  @Test func unknownAndZeroTotalsWork() {
    let screen = Screen()
    let unknown = ProgressReporter("fetch", total: nil, unit: "MB", output: screen.output(isTerminal: false))
    let empty = ProgressReporter("none", total: 0, unit: "files", output: screen.output(isTerminal: false))
    screen.time += 60
    unknown.update(720)
    empty.update(0)
    #expect(screen.written == ["fetch: 720 MB, 12.0 MB/s\n", "none: 0 files\n"])
  }

  @Test(arguments: [(0.0, "0 s"), (59.4, "59 s"), (59.6, "1 min 0 s"), (3599.0, "59 min 59 s"), (7500.0, "2 h 5 min"), (-1.0, "0 s")])
  func durations(seconds: Double, text: String) {
    #expect(ProgressReporter.duration(seconds) == text)
  }

  @Test func hugeDurationsDoNotCrash() {
    #expect(ProgressReporter.duration(.infinity).hasSuffix("min"))
  }
}

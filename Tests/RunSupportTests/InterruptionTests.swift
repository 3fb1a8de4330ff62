import Foundation
import RunSupport
import Testing

/// Every test runs in a process of its own, because signals and what they leave behind belong to the process.
@Suite struct InterruptionTests {
  /// Sends a signal to this process and waits until some thread handled it (worker threads block signals, the main one does not).
  private static func send(_ signal: Int32, until expected: Interruption.Request?) {
    kill(getpid(), signal)
    for _ in 0..<10_000 where Interruption.requested != expected { usleep(1000) }
  }

  @Test func nothingIsRequestedAtFirst() async {
    await #expect(processExitsWith: .success) {
      Interruption.install()
      exit(Interruption.requested == nil ? 0 : 1)
    }
  }

  @Test func terminateAsksForRetry() async {
    await #expect(processExitsWith: .exitCode(75)) {
      Interruption.install()
      Self.send(SIGTERM, until: .checkpointAndRetry)
      exit(Interruption.requested?.exitCode.rawValue ?? 1)
    }
  }

  @Test func userSignalAsksForRetry() async {
    await #expect(processExitsWith: .exitCode(75)) {
      Interruption.install()
      Self.send(SIGUSR1, until: .checkpointAndRetry)
      Self.send(SIGTERM, until: .checkpointAndRetry)
      exit(Interruption.requested?.exitCode.rawValue ?? 1)
    }
  }

  @Test func interruptAsksForStopEvenAfterTerminate() async {
    await #expect(processExitsWith: .success) {
      Interruption.install()
      Self.send(SIGTERM, until: .checkpointAndRetry)
      Self.send(SIGINT, until: .checkpointAndStop)
      exit(Interruption.requested == .checkpointAndStop ? 0 : 1)
    }
  }

  @Test("a closed terminal asks for a checkpoint, too; nohup's choice stays")
  func hangup() async {
    await #expect(processExitsWith: .exitCode(75)) {
      Interruption.install()
      Self.send(SIGHUP, until: .checkpointAndRetry)
      exit(Interruption.requested?.exitCode.rawValue ?? 1)
    }
    await #expect(processExitsWith: .success) {
      signal(SIGHUP, SIG_IGN)
      Interruption.install()
      kill(getpid(), SIGHUP)
      usleep(50_000)
      exit(Interruption.requested == nil ? 0 : 1)
    }
  }

  @Test("a second TERM ends a process that does not ask what was requested; two at once are one wish")
  func secondTerminate() async {
    await #expect(processExitsWith: .exitCode(75)) {
      Interruption.install()
      Self.send(SIGTERM, until: .checkpointAndRetry)
      kill(getpid(), SIGTERM)
      usleep(1_100_000)
      if Interruption.requested != .checkpointAndRetry { exit(1) }
      Self.send(SIGTERM, until: nil)
      exit(1)
    }
  }

  @Test func secondInterruptEndsAtOnce() async {
    await #expect(processExitsWith: .exitCode(130)) {
      Interruption.install()
      Self.send(SIGINT, until: .checkpointAndStop)
      Self.send(SIGINT, until: nil)
      exit(1)
    }
  }
}
